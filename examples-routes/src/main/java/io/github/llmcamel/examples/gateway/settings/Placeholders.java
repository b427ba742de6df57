/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.properties.EnvPropertiesFunction;
import org.jspecify.annotations.Nullable;

/** Replaces {@code {{env:NAME}}} and {@code {{env:NAME:default}}} as Camel does. */
final class Placeholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?<text>[^{}]*)}}");
  private static final String ENVIRONMENT = "env:";

  private Placeholders() {}

  /**
   * Replaces all of them.
   *
   * @throws IllegalArgumentException if a variable is not set, or it is another placeholder
   */
  static String replace(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private static String value(MatchResult found) {
    String text = found.group(1).strip();
    if (!text.startsWith(ENVIRONMENT)) {
      throw new IllegalArgumentException(
          "{{%s}} cannot be replaced here. Write {{env:NAME}}, or the value itself."
              .formatted(text));
    }
    String variable = text.substring(ENVIRONMENT.length());
    String value = environment(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          "The environment variable %s is not set. Set it, or write {{env:%s:default}}."
              .formatted(variable, variable));
    }
    return value;
  }

  private static @Nullable String environment(String variable) {
    return new EnvPropertiesFunction().apply(variable);
  }
}
