/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.anthropic.AnthropicModelsCodec;
import io.github.llmcamel.codec.gemini.GeminiModelsCodec;
import io.github.llmcamel.codec.ollama.OllamaModelsCodec;
import io.github.llmcamel.codec.openai.OpenAiModelsCodec;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.model.ModelInfo;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Quirk;
import io.github.llmcamel.testkit.Transcript;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of models in every protocol, as they are asked for and as they come. */
class ModelsCodecTest {

  private static final ModelsCodec OPENAI = new OpenAiModelsCodec();
  private static final ModelsCodec OLLAMA = new OllamaModelsCodec();
  private static final ModelsCodec ANTHROPIC = new AnthropicModelsCodec();
  private static final ModelsCodec GEMINI = new GeminiModelsCodec();

  @Test
  void isAskedForWithoutABody() {
    WireRequest request = OPENAI.encode(new ModelsRequest(null), Requests.to("http://h/v1?a=1"));

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.uri()).hasToString("http://h/v1/models?a=1");
    assertThat(request.headers()).isEqualTo(Map.of("Accept", "application/json"));
    assertThat(request.body()).isEmpty();
  }

  @Test
  void liesBelowEachProtocolsPath() {
    assertThat(uri(OLLAMA, "http://h:11434", null)).isEqualTo("http://h:11434/api/tags");
    assertThat(uri(ANTHROPIC, "https://h", null)).isEqualTo("https://h/v1/models");
    assertThat(uri(ANTHROPIC, "https://h/v1", null)).isEqualTo("https://h/v1/models");
    assertThat(uri(GEMINI, "https://h/v1beta", null)).isEqualTo("https://h/v1beta/models");
    assertThat(uri(OPENAI, "https://r/openai?api-version=1", null))
        .isEqualTo("https://r/openai/models?api-version=1");
  }

  @Test
  void liesBesideTheDeploymentsAtAzure() {
    Destination named =
        Requests.to("https://r/openai/deployments/m?api-version=1", Quirk.DEPLOYMENT_IN_PATH);

    assertThat(OPENAI.encode(new ModelsRequest(null), named).uri())
        .hasToString("https://r/openai/models?api-version=1");
  }

  @Test
  void goesOnWhereThePageBeforeHasEnded() {
    assertThat(uri(ANTHROPIC, "https://h", "m 1")).isEqualTo("https://h/v1/models?after_id=m%201");
    assertThat(uri(GEMINI, "https://h/v1beta?key=k", "a+b/c="))
        .isEqualTo("https://h/v1beta/models?key=k&pageToken=a%2Bb%2Fc%3D");
  }

  @Test
  void anthropicIsToldTheVersion() {
    assertThat(ANTHROPIC.encode(new ModelsRequest(null), Requests.to("https://h")).headers())
        .containsEntry("anthropic-version", "2023-06-01")
        .containsEntry("Accept", "application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'object':'list','data':[{'id':'a'},{'id':'b'}]}",
        "[{'id':'a'},{'id':'b','object':'model'}]",
        "{'models':[{'name':'a'},{'name':'b'}]}",
        "{'models':[{'name':'A','model':'a'},{'model':'b'}]}",
        "{'models':[{'name':'models/a'},{'name':'models/b'}]}",
        "{'models':[{'name':'x'}],'object':'list','data':[{'id':'a'},{'id':'b'}]}",
        "{'data':['a','b']}",
      })
  void readsListsInEveryShape(String answer) throws LlmException {
    for (ModelsCodec codec : List.of(OPENAI, OLLAMA, ANTHROPIC, GEMINI)) {
      ModelsResponse response = read(codec, answer);

      assertThat(response.models()).extracting(ModelInfo::id).containsExactly("a", "b");
      assertThat(response.nextPage()).isNull();
    }
  }

  @Test
  void keepsWhatAnthropicSaysOfAModel() throws LlmException {
    ModelsResponse response =
        read(
            ANTHROPIC,
            "{'data':[{'type':'model','id':'claude-x','display_name':'Claude X',"
                + "'created_at':'2025-02-19T00:00:00Z'}],'has_more':true,'first_id':'claude-x',"
                + "'last_id':'claude-x'}");

    assertThat(response.nextPage()).isEqualTo("claude-x");
    assertThat(response.models())
        .containsExactly(
            new ModelInfo(
                "claude-x",
                "Claude X",
                null,
                Instant.parse("2025-02-19T00:00:00Z"),
                "{\"type\":\"model\",\"id\":\"claude-x\",\"display_name\":\"Claude X\","
                    + "\"created_at\":\"2025-02-19T00:00:00Z\"}"));
  }

  @Test
  void anthropicsLastPageLeadsNowhere() throws LlmException {
    assertThat(read(ANTHROPIC, "{'data':[],'has_more':false,'last_id':'m'}").nextPage()).isNull();
    assertThat(read(ANTHROPIC, "{'data':[],'has_more':true,'last_id':null}").nextPage()).isNull();
  }

  @Test
  void keepsWhatGeminiSaysOfAModel() throws LlmException {
    ModelsResponse response =
        read(
            GEMINI,
            "{'models':[{'name':'models/gemini-x','displayName':'Gemini X',"
                + "'inputTokenLimit':1000}],'nextPageToken':'t1'}");

    assertThat(response.nextPage()).isEqualTo("t1");
    ModelInfo model = response.models().get(0);
    assertThat(model.id()).isEqualTo("gemini-x");
    assertThat(model.displayName()).isEqualTo("Gemini X");
    assertThat(model.owner()).isNull();
    assertThat(model.created()).isNull();
    assertThat(model.raw()).contains("\"inputTokenLimit\":1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'created':1677610602                                    | 2023-02-28T18:56:42Z",
        "'modified_at':'2026-11-22T10:25:06.752279619+02:00'     | 2026-11-22T08:25:06.752279619Z",
        "'created':0                                             |",
        "'created':'soon'                                        |",
        "'created':9223372036854775807                           |",
        "'modified_at':''                                        |",
        "'created_at':'yesterday'                                |",
      })
  void knowsWhenAModelWasMadeOrDoesNotSay(String member, @Nullable Instant created)
      throws LlmException {
    assertThat(read(OPENAI, "{'data':[{'id':'m',%s}]}".formatted(member)).models().get(0).created())
        .isEqualTo(created);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'data':[{'object':'model'}]} | a model without a name",
        "{'data':[null]}               | a model without a name",
        "{'data':{}}                   | no list of models",
        "{}                            | no list of models",
        "{'data':[                     | cut off or malformed",
        "<html>Login</html>            | a web page",
        "''                            | with nothing",
      })
  void refusesWhatIsNoList(String answer, String problem) {
    assertThatThrownBy(() -> read(OPENAI, answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void anErrorIsOneWhateverTheStatus() {
    assertThatThrownBy(() -> read(OPENAI, "{'error':{'type':'rate_limit_error'}}"))
        .isInstanceOf(LlmRateLimitException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ollama, smollm2:latest smollm2-think:latest, ",
    "ollama-openai, smollm2:latest smollm2-think:latest, library",
    "llamacpp, smollm2, llamacpp",
    "litellm, smollm2 unreachable, openai",
  })
  void readsWhatRealServersSent(String recorded, String ids, @Nullable String owner)
      throws LlmException {
    Transcript transcript = Transcript.named("models", recorded);
    List<ModelInfo> models = OPENAI.decode(transcript.head(), transcript.body()).models();

    assertThat(models).extracting(ModelInfo::id).containsExactly(ids.split(" "));
    assertThat(models).extracting(ModelInfo::owner).containsOnly(owner);
    assertThat(models).extracting(ModelInfo::created).doesNotContainNull();
  }

  private static String uri(ModelsCodec codec, String base, @Nullable String page) {
    return codec.encode(new ModelsRequest(page), Requests.to(base)).uri().toString();
  }

  private static ModelsResponse read(ModelsCodec codec, String answer) throws LlmException {
    return codec.decode(Replies.head(200), Replies.utf8(answer));
  }
}
