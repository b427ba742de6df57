/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineVersionTest {

  private static final String ENDPOINT = "llm:simulator?model=demo&systemMessage=Be brief.";

  @TempDir private Path folder;

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

  @Test
  void aParameterOfATemplateMakesAnotherOneThoughItReachesNoEndpoint() throws Exception {
    String version = versionOfUses("kamelet:cut?size=10&schema=classpath:a.json");

    assertThat(versionOfUses("kamelet:cut?schema=classpath:a.json&size=10")).isEqualTo(version);
    assertThat(versionOfUses("kamelet:cut?schema=classpath:a.json"))
        .as("10 is the default")
        .isEqualTo(version);
    assertThat(versionOfUses("kamelet:cut?size=11&schema=classpath:a.json")).isNotEqualTo(version);
    assertThat(versionOfUses("kamelet:cut?size=10&schema=classpath:b.json")).isNotEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "resource:file:"})
  void theContentOfAFileThatAParameterNamesCounts(String scheme) throws Exception {
    Path schema = Files.writeString(folder.resolve("schema.json"), "{}");
    String use = "kamelet:cut?schema=" + scheme + schema;
    String version = versionOfUses(use);
    assertThat(versionOfUses(use)).isEqualTo(version);

    Files.writeString(schema, "{ }");
    assertThat(versionOfUses(use)).isNotEqualTo(version);

    Files.delete(schema);
    assertThat(versionOfUses(use))
        .as("its name alone")
        .matches("[0-9a-f]{12}")
        .isNotEqualTo(version);
  }

  @Test
  void theOrderOfRoutesAndHowOftenTheyUseATemplateMakeNoOtherOne() throws Exception {
    String one = "kamelet:cut?schema=classpath:a.json";
    String another = "kamelet:cut?schema=classpath:b.json";

    assertThat(versionOfUses(one, another)).isEqualTo(versionOfUses(another, one));
    assertThat(versionOfUses(one, one, another)).isEqualTo(versionOfUses(one, another));
    assertThat(versionOfUses(one, another)).isNotEqualTo(versionOfUses(one));
  }

  /** A pipeline with a route for each use of a template. */
  private static String versionOfUses(String... uses) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              routeTemplate("cut")
                  .templateParameter("size", "10")
                  .templateParameter("schema")
                  .from("kamelet:source")
                  .setBody(constant("{{size}} {{schema}}"));
              for (int i = 0; i < uses.length; i++) {
                from("direct:" + i).to(uses[i]);
              }
            }
          });
      context.start();
      return PipelineVersion.of(context).text();
    }
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
