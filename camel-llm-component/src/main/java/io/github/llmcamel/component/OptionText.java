/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** Reads options that are a text, or {@code resource:} and the place that holds it, or a name. */
final class OptionText {

  private static final String RESOURCE = "resource:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private OptionText() {}

  static boolean isResource(String value) {
    return value.startsWith(RESOURCE);
  }

  /**
   * The text itself.
   *
   * @throws IllegalArgumentException if the resource cannot be read; names {@code option} and it
   */
  static String read(String option, String value, CamelContext context) {
    return isResource(value) ? load(option, value.substring(RESOURCE.length()), context) : value;
  }

  /**
   * The same name.
   *
   * @throws IllegalArgumentException if it is too long or has other characters than names have;
   *     names {@code option}
   */
  static @Nullable String checkedName(String option, @Nullable String value) {
    if (value != null && !NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s is '%.100s'; it must be 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-'."
              .formatted(option, value));
    }
    return value;
  }

  /**
   * The text of a resource, such as {@code file:name}.
   *
   * @throws IllegalArgumentException if it cannot be read; names {@code option} and it
   */
  static String load(String option, String uri, CamelContext context) {
    try (InputStream content = ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The resource '%s' of the option %s cannot be read. Correct its path."
              .formatted(uri, option),
          e);
    }
  }
}
