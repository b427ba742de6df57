/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** The names of the variables that are values of a result. */
final class ResultNames implements CamelConfiguration {

  private static final String PROPERTY = "batch.values";

  /** Values are members of a result's JSON as these are. */
  private static final List<String> TAKEN =
      Stream.of(DocumentResult.class.getRecordComponents()).map(RecordComponent::getName).toList();

  static List<String> split(String names) {
    return Stream.of(names.split(",")).map(String::strip).toList();
  }

  /**
   * Makes sure, before a route starts, that results can have these values.
   *
   * @throws IllegalArgumentException if one of them would hide what a result has anyway
   */
  @Override
  public void configure(CamelContext context) {
    for (String name : split(context.resolvePropertyPlaceholders("{{" + PROPERTY + "}}"))) {
      if (TAKEN.contains(name)) {
        throw new IllegalArgumentException(
            "%s names the variable %s, which results have already. Give it another name than %s."
                .formatted(PROPERTY, name, String.join(", ", TAKEN)));
      }
    }
  }
}
