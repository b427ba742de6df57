/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmEndpoint;
import io.github.llmcamel.examples.ledger.Hash;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * Stands for all that can change what a pipeline makes of a document: the prompt and the settings
 * of each {@code llm:} endpoint, the parameters of each use of a route template, with what is in
 * the files that they name, and the properties that begin with {@code batch.}.
 *
 * @param text 12 hexadecimal digits, the same in every process with the same routes and properties
 */
public record PipelineVersion(String text) {

  private static final String PREFIX = "batch.";
  private static final int DIGITS = 12;

  /** They say where documents come from and go to, not what becomes of them. */
  private static final Set<String> WAYS =
      Set.of("batch.documents", "batch.results", "batch.dead-letters", "batch.redeliveries");

  /** The version of what runs in a context; looked for once, when its routes are there. */
  public static PipelineVersion of(CamelContext context) {
    var parts = context.getCamelContextExtension();
    PipelineVersion known = parts.getContextPlugin(PipelineVersion.class);
    if (known == null) {
      known = new PipelineVersion(Hash.sha256(describe(context)).substring(0, DIGITS));
      parts.addContextPlugin(PipelineVersion.class, known);
    }
    return known;
  }

  private static String describe(CamelContext context) {
    String endpoints =
        context.getEndpoints().stream()
            .filter(LlmEndpoint.class::isInstance)
            .map(LlmEndpoint.class::cast)
            .map(
                endpoint ->
                    "%s %s %s"
                        .formatted(
                            endpoint.getStageName(),
                            endpoint.getPromptVersion(),
                            endpoint.getFingerprint()))
            .sorted()
            .collect(Collectors.joining("\n"));
    Properties properties =
        context
            .getPropertiesComponent()
            .loadProperties(name -> name.startsWith(PREFIX) && !WAYS.contains(name));
    return endpoints + "\n" + TemplateUses.of(context) + "\n" + new TreeMap<>(properties);
  }
}
