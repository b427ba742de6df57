/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** Reads options that are a text, or {@code resource:} and the place that holds it. */
final class OptionText {

  private static final String RESOURCE = "resource:";

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

  private static String load(String option, String uri, CamelContext context) {
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
