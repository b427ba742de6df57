/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;

/** The metadata that Camel's tools read: committed, up to date, and accepted by the catalog. */
class GeneratedFilesTest {

  private static final Path GENERATED = Path.of("src/generated");

  @Test
  void whatIsCommittedIsWhatTheBuildGenerates() throws IOException {
    Path committed =
        Path.of(System.getProperty("committed.generated", "target/committed-generated"));

    assertThat(contents(committed))
        .as("src/generated was stale when the build began: commit what it has generated")
        .containsAllEntriesOf(contents(GENERATED));
  }

  @Test
  void theCatalogKnowsOptionsPathAndHeaders() throws IOException {
    assertThat(descriptor())
        .contains("\"scheme\": \"llm\"", "\"producerOnly\": true")
        .contains("\"streamMode\"", "\"enum\": [ \"LIVE\", \"AGGREGATE\" ]")
        .contains("\"CamelLlmTimeToFirstToken\"")
        .contains("\"prefix\": \"extra.\"");
  }

  @Test
  void theCatalogAcceptsAnyProviderAndRefusesAMisspeltOption() throws IOException {
    DefaultCamelCatalog catalog = new DefaultCamelCatalog();
    catalog.addComponent("llm", LlmComponent.class.getName(), descriptor());

    assertThat(validate(catalog, "llm:acme?model=m&temperature=0.2&extra.num_ctx=1").isSuccess())
        .isTrue();
    assertThat(validate(catalog, "llm:openai?modle=m").getUnknown()).containsExactly("modle");
  }

  private static EndpointValidationResult validate(DefaultCamelCatalog catalog, String uri) {
    return catalog.validateEndpointProperties(uri);
  }

  private static String descriptor() throws IOException {
    return Files.readString(
        GENERATED.resolve("resources/META-INF/io/github/llmcamel/component/llm.json"));
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
