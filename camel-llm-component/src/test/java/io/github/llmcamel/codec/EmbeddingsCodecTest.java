/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.gemini.GeminiEmbeddingsCodec;
import io.github.llmcamel.codec.ollama.OllamaEmbeddingsCodec;
import io.github.llmcamel.codec.openai.OpenAiEmbeddingsCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Quirk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent for embeddings, to the byte, in each protocol that has them. */
class EmbeddingsCodecTest {

  private static final EmbeddingsCodec OPENAI = new OpenAiEmbeddingsCodec();
  private static final EmbeddingsCodec OLLAMA = new OllamaEmbeddingsCodec();
  private static final EmbeddingsCodec GEMINI = new GeminiEmbeddingsCodec();

  @Test
  void openAiGetsNothingTheUserDidNotSet() throws LlmException {
    WireRequest request = OPENAI.encode(request(null, "a", "b"), Requests.to("http://h:8000/v1"));

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).hasToString("http://h:8000/v1/embeddings");
    assertThat(request.headers())
        .isEqualTo(Map.of("Content-Type", "application/json", "Accept", "application/json"));
    assertThat(Requests.body(request)).isEqualTo("{'model':'m','input':['a','b']}");
  }

  @Test
  void openAiGetsEverythingTheUserSet() throws LlmException {
    EmbeddingsRequest request =
        new EmbeddingsRequest(
            "m", List.of("a"), 256, "u1", extras("encoding_format", "base64", "input", "b"));

    assertThat(body(OPENAI, request))
        .isEqualTo(
            "{'model':'m','input':['a'],'dimensions':256,'user':'u1','encoding_format':'base64'}");
  }

  @Test
  void theLengthOfVectorsHasAnotherNameAtSome() throws LlmException {
    WireRequest request =
        OPENAI.encode(request(256, "a"), Requests.to("http://h/v1", Quirk.OUTPUT_DIMENSION));

    assertThat(Requests.body(request))
        .isEqualTo("{'model':'m','input':['a'],'output_dimension':256}");
  }

  @ParameterizedTest
  @CsvSource({
    "https://r/openai?api-version=1, https://r/openai/deployments/m/embeddings?api-version=1",
    "https://r/openai/v1,            https://r/openai/v1/embeddings",
    "https://r/openai/deployments/m?api-version=1,"
        + " https://r/openai/deployments/m/embeddings?api-version=1",
  })
  void azureFindsTheDeployment(String base, String expected) throws LlmException {
    assertThat(OPENAI.encode(request(null, "a"), Requests.to(base, Quirk.DEPLOYMENT_IN_PATH)).uri())
        .hasToString(expected);
  }

  @Test
  void ollamaGetsItsOptionsWhereItHasThem() throws LlmException {
    EmbeddingsRequest request =
        new EmbeddingsRequest(
            "m",
            List.of("a"),
            256,
            "u1",
            extras(
                "num_ctx",
                8192,
                "truncate",
                false,
                "keep_alive",
                "5m",
                "encoding_format",
                "float",
                "input",
                "b",
                "model",
                "n"));
    WireRequest sent = OLLAMA.encode(request, Requests.to("http://h:11434"));

    assertThat(sent.uri()).hasToString("http://h:11434/api/embed");
    assertThat(Requests.body(sent))
        .isEqualTo(
            "{'model':'m','input':['a'],'dimensions':256,'truncate':false,'keep_alive':'5m',"
                + "'options':{'num_ctx':8192}}");
  }

  @Test
  void ollamaGetsNothingTheUserDidNotSet() throws LlmException {
    assertThat(body(OLLAMA, request(null, "a", "b"))).isEqualTo("{'model':'m','input':['a','b']}");
  }

  @Test
  void ollamaGetsDimensionsThatAreAnExtra() throws LlmException {
    assertThat(
            body(
                OLLAMA,
                new EmbeddingsRequest("m", List.of("a"), null, null, extras("dimensions", 64))))
        .isEqualTo("{'model':'m','input':['a'],'dimensions':64}");
  }

  @Test
  void geminiGetsOneTextAlone() throws LlmException {
    EmbeddingsRequest request =
        new EmbeddingsRequest(
            "embed-1",
            List.of("a"),
            256,
            null,
            extras("taskType", "RETRIEVAL_QUERY", "content", "b"));
    WireRequest sent = GEMINI.encode(request, Requests.to("http://h/v1beta"));

    assertThat(sent.uri()).hasToString("http://h/v1beta/models/embed-1:embedContent");
    assertThat(Requests.body(sent))
        .isEqualTo(
            "{'model':'models/embed-1','content':{'parts':[{'text':'a'}]},"
                + "'outputDimensionality':256,'taskType':'RETRIEVAL_QUERY'}");
  }

  @Test
  void geminiGetsSeveralTextsInOneBatch() throws LlmException {
    WireRequest sent =
        GEMINI.encode(
            new EmbeddingsRequest("models/embed 1", List.of("a", "b"), null, null, Map.of()),
            Requests.to("http://h/v1beta?x=1"));

    assertThat(sent.uri()).hasToString("http://h/v1beta/models/embed%201:batchEmbedContents?x=1");
    assertThat(Requests.body(sent))
        .isEqualTo(
            "{'requests':[{'model':'models/embed 1','content':{'parts':[{'text':'a'}]}},"
                + "{'model':'models/embed 1','content':{'parts':[{'text':'b'}]}}]}");
  }

  @Test
  void aUserIsLeftOutWhereNoneIsKnown() throws LlmException {
    EmbeddingsRequest request =
        new EmbeddingsRequest("m", List.of("a"), null, "u1", extras("service_tier", "flex"));
    Destination mistral = Requests.to("http://h/v1", Quirk.NO_USER);

    assertThat(Requests.body(OPENAI.encode(request, mistral)))
        .isEqualTo("{'model':'m','input':['a'],'service_tier':'flex'}");
    assertThat(body(GEMINI, request))
        .isEqualTo("{'model':'models/m','content':{'parts':[{'text':'a'}]}}");
    assertThat(body(OLLAMA, request)).isEqualTo("{'model':'m','input':['a']}");
  }

  @Test
  void whatWouldChangeTheAnswerIsRefusedWhereItHasNoCounterpart() {
    EmbeddingsRequest request =
        new EmbeddingsRequest("m", List.of("a"), null, null, extras("verbosity", "low"));

    for (EmbeddingsCodec codec : List.of(OLLAMA, GEMINI)) {
      assertThatThrownBy(() -> body(codec, request))
          .isInstanceOf(LlmRequestException.class)
          .hasMessageContaining("verbosity has no counterpart at");
    }
  }

  @Test
  void whatIsNotJsonIsRefusedInEveryProtocol() {
    EmbeddingsRequest request =
        new EmbeddingsRequest("m", List.of("a"), null, null, extras("x", new Object()));
    for (EmbeddingsCodec codec : List.of(OPENAI, OLLAMA, GEMINI)) {
      assertThatThrownBy(() -> body(codec, request))
          .isInstanceOf(LlmRequestException.class)
          .hasMessageContaining("an extra");
    }
  }

  @Test
  void aRequestNamesNoText() {
    assertThat(request(null, "canary")).hasToString("EmbeddingsRequest[model=m, inputs=1]");
  }

  private static String body(EmbeddingsCodec codec, EmbeddingsRequest request) throws LlmException {
    return Requests.body(codec.encode(request, Requests.to("http://h/v1")));
  }

  private static EmbeddingsRequest request(@Nullable Integer dimensions, String... texts) {
    return new EmbeddingsRequest("m", List.of(texts), dimensions, null, Map.of());
  }

  private static Map<String, Object> extras(Object... namesAndValues) {
    Map<String, Object> extras = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      extras.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return extras;
  }
}
