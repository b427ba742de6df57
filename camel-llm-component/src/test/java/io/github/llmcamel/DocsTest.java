/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.error.ErrorKind;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.KeyPolicy;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.GeneratedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the documentation say what the code says. */
class DocsTest {

  private static final Path ROOT = Path.of("..");
  private static final List<Integer> KNOWN_STATUSES =
      List.of(
          400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 422, 424, 429, 498, 499, 500, 501, 502,
          503, 504, 529);

  @Test
  void theTableOfProviders() throws IOException {
    GeneratedTable table =
        new GeneratedTable("providers", "provider", "protocol", "default base URL", "key");
    for (Provider provider : Providers.all()) {
      table.row(code(provider.name()), protocol(provider), baseUrl(provider), key(provider));
    }
    table.assertSameIn(ROOT.resolve("README.md"));
  }

  @Test
  void theTableOfProvidersAndWhatTheyAreSent() throws IOException {
    GeneratedTable table =
        new GeneratedTable(
            "provider-details",
            "provider",
            "protocol",
            "default base URL",
            "key",
            "shown as",
            "`gen_ai.provider.name`",
            "embeddings",
            "list of models",
            "peculiarities");
    for (Provider provider : Providers.all()) {
      table.row(
          code(provider.name()),
          protocol(provider),
          baseUrl(provider),
          key(provider),
          auth(provider),
          code(provider.telemetryName()),
          yesOrNo(ModelClient.hasEmbeddings(provider)),
          yesOrNo(ModelClient.hasModelsList(provider)),
          provider.quirks().stream().sorted().map(DocsTest::words).collect(joining(", ")));
    }
    table.assertSameIn(ROOT.resolve("docs/providers.md"));
  }

  @Test
  void theEndpointNamesAllProviders() throws IOException {
    String description = descriptor().at("/properties/provider/description").asText();

    assertThat(List.of(description.split("[ ,;:.]+")))
        .containsAll(Providers.all().stream().map(Provider::name).toList());
  }

  private static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String protocol(Provider provider) {
    return words(provider.protocol());
  }

  private static String baseUrl(Provider provider) {
    if (provider.baseUrl() != null) {
      return code(provider.baseUrl().toString());
    }
    return provider.basePath().isEmpty() ? "yours" : "yours, ends in " + code(provider.basePath());
  }

  private static String key(Provider provider) {
    String variables = provider.keyVariables().stream().map(DocsTest::code).collect(joining(", "));
    return provider.keyPolicy() == KeyPolicy.REQUIRED
        ? variables
        : variables.isEmpty() ? "optional" : variables + " (optional)";
  }

  private static String auth(Provider provider) {
    if (provider.auth() instanceof Auth.HeaderKey own) {
      return code(own.header());
    }
    return provider.auth() instanceof Auth.Bearer ? "bearer token" : "";
  }

  @Test
  void theTableOfEndpointOptions() throws IOException {
    GeneratedTable table =
        new GeneratedTable("options", "option", "type", "default", "what it does");
    descriptor()
        .get("properties")
        .properties()
        .forEach(
            option -> {
              JsonNode facts = option.getValue();
              table.row(
                  facts.has("prefix")
                      ? "`" + facts.get("prefix").asText() + "<name>`"
                      : "`" + option.getKey() + "`",
                  facts.get("javaType").asText().replaceAll("(\\w+\\.)+(\\w+)", "$2"),
                  facts.has("defaultValue") ? "`" + facts.get("defaultValue").asText() + "`" : "",
                  facts.get("description").asText());
            });
    table.assertSameIn(ROOT.resolve("docs/options.md"));
  }

  @Test
  void theTableOfComponentOptions() throws IOException {
    GeneratedTable table = new GeneratedTable("component-options", "option", "what it does");
    JsonNode endpointOptions = descriptor().get("properties");
    descriptor()
        .get("componentProperties")
        .properties()
        .forEach(
            option -> {
              if (!endpointOptions.has(option.getKey())) {
                table.row(
                    code("camel.component.llm." + option.getKey()),
                    option.getValue().get("description").asText());
              }
            });
    table.assertSameIn(ROOT.resolve("docs/options.md"));
  }

  @Test
  void theTableOfHeaders() throws IOException {
    GeneratedTable table =
        new GeneratedTable("headers", "header", "type", "direction", "what it says");
    descriptor()
        .get("headers")
        .properties()
        .forEach(
            header -> {
              JsonNode facts = header.getValue();
              table.row(
                  "`" + header.getKey() + "`",
                  facts.get("javaType").asText().replaceAll("java\\.(lang|time|util)\\.", ""),
                  facts.get("label").asText(),
                  facts.get("description").asText());
            });
    table.assertSameIn(ROOT.resolve("docs/options.md"));
  }

  @Test
  void theTableOfStatuses() throws IOException {
    GeneratedTable table =
        new GeneratedTable("statuses", "status", "kind", "exception", "retryable");
    KNOWN_STATUSES.forEach(status -> table.row(status(Integer.toString(status), status)));
    table.row(status("520 to 527", 520));
    table.row(status("another 3xx", 390));
    table.row(status("another 4xx", 490));
    table.row(status("another 5xx", 590));
    table.assertSameIn(ROOT.resolve("docs/errors.md"));
  }

  @Test
  void theTableOfStatusesLacksNone() {
    assertThat(IntStream.range(300, 600).boxed().filter(status -> !KNOWN_STATUSES.contains(status)))
        .allSatisfy(
            status ->
                assertThat(status("", status))
                    .isEqualTo(
                        status(
                            "", status >= 520 && status <= 527 ? 520 : status / 100 * 100 + 90)));
  }

  private static String[] status(String shown, int status) {
    LlmException failure = ErrorReader.ofStatus(Replies.head(status), new byte[0]);
    return new String[] {
      shown,
      code(String.valueOf(failure.getKind())),
      code(failure.getClass().getSimpleName()),
      failure.isRetryable() ? "yes" : "no"
    };
  }

  @Test
  void everyKindOfErrorIsExplained() throws IOException {
    String errors = Files.readString(ROOT.resolve("docs/errors.md"));

    assertThat(errors)
        .contains(Stream.of(ErrorKind.values()).map(kind -> "`" + kind + "`").toList());
  }

  @Test
  void everyExceptionIsExplained() throws IOException {
    String errors = Files.readString(ROOT.resolve("docs/errors.md"));
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/llmcamel/error"))) {
      files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(
              name ->
                  name.endsWith("Exception") && !name.equals(LlmException.class.getSimpleName()))
          .forEach(names::add);
    }

    assertThat(names).hasSizeGreaterThan(8);
    assertThat(errors).contains(names);
  }

  private static JsonNode descriptor() throws IOException {
    return new JsonMapper()
        .readTree(
            Path.of("src/generated/resources/META-INF/io/github/llmcamel/component/llm.json")
                .toFile());
  }
}
