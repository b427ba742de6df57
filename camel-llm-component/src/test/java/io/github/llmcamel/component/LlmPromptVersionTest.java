/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an endpoint tells programs of its stage, its prompt and its settings. */
class LlmPromptVersionTest extends CamelTestSupport {

  @TempDir private Path folder;

  @Test
  void aPromptFileThatChangesChangesTheVersion() throws IOException {
    Path prompt = folder.resolve("prompt.txt");
    String uri = "llm:simulator?model=m&systemMessage=resource:file:" + prompt;
    Files.writeString(prompt, "Classify ${body}.");
    String before = version(uri);
    String again = version(uri + "&temperature=1");
    Files.writeString(prompt, "Classify  ${body}.");
    String after = version(uri + "&temperature=2");

    assertThat(before).matches("[0-9a-f]{12}").isEqualTo(again).isNotEqualTo(after);
  }

  @Test
  void theTextCountsWhereverItStands() throws IOException {
    Path prompt = Files.writeString(folder.resolve("prompt.txt"), "Classify.");

    assertThat(version("llm:simulator?model=m&userMessage=resource:file:" + prompt))
        .isEqualTo(version("llm:simulator?model=m&userMessage=Classify."))
        .isNotEqualTo(version("llm:simulator?model=m&systemMessage=Classify."));
  }

  @Test
  void theSchemaOfTheAnswerIsPartOfThePrompt() {
    assertThat(version("llm:simulator?model=m&jsonSchema=RAW({\"type\":\"object\"})"))
        .isNotNull()
        .isNotEqualTo(version("llm:simulator?model=m&jsonSchema=RAW({\"type\":\"array\"})"));
  }

  @Test
  void thereIsNoneWithoutATemplate() {
    LlmEndpoint endpoint = endpoint("llm:simulator?model=m");

    assertThat(endpoint.getPromptVersion()).isNull();
    assertThat(endpoint.getStageName()).isNull();
  }

  @Test
  void theOptionsGoFirst() {
    LlmEndpoint endpoint =
        endpoint("llm:simulator?model=m&systemMessage=A&promptVersion=v1.2&stageName=classify");

    assertThat(endpoint.getPromptVersion()).isEqualTo("v1.2");
    assertThat(endpoint.getStageName()).isEqualTo("classify");
  }

  @Test
  void aVersionThatIsNoneStopsTheRouteAndSaysWhy() {
    assertThatThrownBy(() -> endpoint("llm:simulator?model=m&promptVersion=a b"))
        .rootCause()
        .hasMessage(
            "promptVersion is 'a b'; it must be 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_'"
                + " and '-'.");
  }

  @Test
  void aCallSaysWhichVersionItHad() {
    String uri = "llm:simulator?model=m&systemMessage=Answer.";

    assertThat(header(uri, Map.of())).isEqualTo(version(uri));
    assertThat(header("llm:simulator?model=m", Map.of())).isNull();
  }

  @Test
  void aHeaderThatTakesThePlaceOfTheTemplateHasNoVersionButTheConfiguredOne() {
    Map<String, Object> headers = Map.of(LlmConstants.SYSTEM_MESSAGE, "Refuse.");
    String uri = "llm:simulator?model=m&systemMessage=Answer.";

    assertThat(header(uri, headers)).isNull();
    assertThat(header(uri + "&promptVersion=7", headers)).isEqualTo("7");
  }

  @Test
  void whatCanChangeTheAnswerChangesTheFingerprint() {
    String uri = "llm:simulator?model=m";
    List<String> options =
        List.of(
            "",
            "&temperature=0.1",
            "&topP=0.1",
            "&topK=1",
            "&maxTokens=1",
            "&stop=a",
            "&stop=a,b",
            "&seed=1",
            "&frequencyPenalty=0.1",
            "&presencePenalty=0.1",
            "&reasoningEffort=low",
            "&responseFormat=json",
            "&jsonSchema=RAW({\"type\":\"object\"})",
            "&tools=RAW([{\"type\":\"function\",\"function\":{\"name\":\"f\"}}])",
            "&toolChoice=auto",
            "&extractReasoning=true",
            "&extra.a=1",
            "&extra.a=RAW(\"1\")",
            "&extra.b=1",
            "&operation=embeddings");
    Set<String> fingerprints = new HashSet<>();
    options.forEach(option -> fingerprints.add(endpoint(uri + option).getFingerprint()));
    fingerprints.add(endpoint("llm:simulator?model=n").getFingerprint());
    fingerprints.add(endpoint("llm:vllm?model=m&baseUrl=http://localhost:1/v1").getFingerprint());

    assertThat(fingerprints)
        .hasSize(options.size() + 2)
        .allMatch(hex -> hex.matches("[0-9a-f]{64}"));
  }

  @Test
  void whatCannotChangeTheAnswerLeavesTheFingerprintAlone() {
    String uri = "llm:vllm?model=m&extra.a=1&extra.b=2";

    assertThat(endpoint(uri + "&baseUrl=http://localhost:1/v1").getFingerprint())
        .isEqualTo(
            endpoint(
                    "llm:vllm?model=m&extra.b=2&extra.a=1&baseUrl=http://localhost:2/v1&apiKey=k"
                        + "&idleTimeout=1s&systemMessage=A&stageName=a&stream=true&user=u")
                .getFingerprint());
  }

  @Test
  void theFingerprintIsTheSameInEveryJvm() {
    assertThat(endpoint("llm:simulator?model=m&temperature=0.5").getFingerprint())
        .isEqualTo("757383f225b5c2a7f708a377f04c44edf138fd499f87a5f6a6f75ab0c26aed4a");
  }

  private LlmEndpoint endpoint(String uri) {
    return context.getEndpoint(uri, LlmEndpoint.class);
  }

  private String version(String uri) {
    return requireNonNull(endpoint(uri).getPromptVersion());
  }

  private @Nullable Object header(String uri, Map<String, Object> headers) {
    return template
        .request(
            uri,
            exchange -> {
              exchange.getMessage().setHeaders(new HashMap<>(headers));
              exchange.getMessage().setBody("Hello");
            })
        .getMessage()
        .getHeader(LlmConstants.PROMPT_VERSION);
  }
}
