/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PipelineVersionTest {

  private static final String ENDPOINT = "llm:simulator?model=demo&systemMessage=Be brief.";

  @Test
  void theSamePipelineHasTheSameVersionEverywhere() {
    assertThat(version(ENDPOINT, "batch.labels", "invoice"))
        .isEqualTo(version(ENDPOINT, "batch.labels", "invoice"))
        .matches("[0-9a-f]{12}");
  }

  @Test
  void aPromptASettingAndAPropertyOfTheBatchMakeAnotherOne() {
    String version = version(ENDPOINT, "batch.labels", "invoice");

    assertThat(
            version("llm:simulator?model=demo&systemMessage=Be long.", "batch.labels", "invoice"))
        .isNotEqualTo(version);
    assertThat(version(ENDPOINT + "&temperature=1", "batch.labels", "invoice"))
        .isNotEqualTo(version);
    assertThat(version(ENDPOINT, "batch.labels", "letter")).isNotEqualTo(version);
  }

  @Test
  void whereDocumentsComeFromMakesNoOtherOne() {
    assertThat(version(ENDPOINT, "batch.documents", "direct:document"))
        .isEqualTo(version(ENDPOINT, "batch.documents", "kafka:documents"));
  }

  private static String version(String endpoint, String property, String value) {
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().addInitialProperty(property, value);
    context.getEndpoint(endpoint);
    String version = PipelineVersion.of(context).text();
    context.stop();
    return version;
  }
}
