/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestWriterTest {

  private static final String CONTENTS = "'contents':[{'role':'user','parts':[{'text':'Hi.'}]}]";
  private static final ToolUse F = ToolUse.of(new Tool.Function("f", null, null));

  @Test
  void sendsNothingThatIsNotSet() throws LlmException {
    WireRequest written = new GeminiCodec().encode(hi(r -> r), Delivery.STREAMED, Wire.ANYWHERE);

    assertThat(Wire.body(hi(r -> r))).isEqualTo("{%s}".formatted(CONTENTS));
    assertThat(written.method()).isEqualTo("POST");
    assertThat(written.uri())
        .hasToString("http://localhost:1/v1beta/models/m:streamGenerateContent?alt=sse");
    assertThat(written.headers())
        .isEqualTo(Map.of("Content-Type", "application/json", "Accept", "text/event-stream"));
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void sendsEveryParameterUnderGooglesName() throws LlmException {
    Sampling all = new Sampling(0.5, 0.9, 40, 100, List.of("END"), 7L, 0.25, -0.5, 2, "low");

    assertThat(Wire.body(hi(r -> r.sampling(all))))
        .isEqualTo(
            "{%s,'generationConfig':{'temperature':0.5,'topP':0.9,'topK':40,'maxOutputTokens':100,"
                    .formatted(CONTENTS)
                + "'stopSequences':['END'],'seed':7,'presencePenalty':-0.5,"
                + "'frequencyPenalty':0.25,'candidateCount':2,"
                + "'thinkingConfig':{'thinkingLevel':'LOW'}}}");
  }

  @ParameterizedTest
  @CsvSource({"minimal, MINIMAL", "Medium, MEDIUM", "HIGH, HIGH"})
  void knowsHowMuchToThink(String effort, String level) throws LlmException {
    assertThat(Wire.body(hi(r -> r.sampling(effort(effort)))))
        .contains("{'thinkingLevel':'%s'}".formatted(level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "xhigh", ""})
  void refusesAnEffortThatIsNoLevel(String effort) {
    assertThatThrownBy(() -> Wire.body(hi(r -> r.sampling(effort(effort)))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "The request to gemini cannot be written: reasoningEffort is no thinking level of"
                + " Gemini's. Use minimal, low, medium or high, or set"
                + " extra.generationConfig.thinkingConfig.thinkingBudget; 0 is off.");
  }

  @Test
  void leavesOutWhatItCannotExpressForALenientUser() throws LlmException {
    ChatRequest request =
        hi(r -> r.sampling(effort("none")).user("u").tools(new ToolUse(F.tools(), null, false)));

    WireRequest written =
        new GeminiCodec()
            .encode(request, Delivery.WHOLE, Wire.ANYWHERE.withLenientParameters(true));

    assertThat(written.dropped())
        .containsExactlyInAnyOrder("reasoningEffort", "parallel_tool_calls");
  }

  @Test
  void leavesOutWhatNoAnswerDependsOn() throws LlmException {
    Map<String, Object> extras =
        Map.of("store", true, "stream_options", Map.of(), "service_tier", "flex", "user", "v");

    assertThat(Wire.body(hi(r -> r.user("u").extras(extras))))
        .isEqualTo("{%s}".formatted(CONTENTS));
  }

  @Test
  void refusesWhatAnAnswerDependsOn() {
    assertThatThrownBy(() -> Wire.body(hi(r -> r.extras(Map.of("logit_bias", Map.of())))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("logit_bias has no counterpart at Gemini. Leave it out.");
  }

  @Test
  void refusesOneCallAtATime() {
    assertThatThrownBy(() -> Wire.body(hi(r -> r.tools(new ToolUse(F.tools(), null, false)))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("parallel_tool_calls is false");
  }

  @Test
  void asksForJson() throws LlmException {
    Map<String, Object> schema = Map.of("type", "object");

    assertThat(Wire.body(hi(r -> r.responseFormat(new ResponseFormat.Text()))))
        .isEqualTo("{%s}".formatted(CONTENTS));
    assertThat(Wire.body(hi(r -> r.responseFormat(new ResponseFormat.Json()))))
        .endsWith("'generationConfig':{'responseMimeType':'application/json'}}");
    assertThat(
            Wire.body(
                hi(r -> r.responseFormat(new ResponseFormat.JsonSchema("n", schema, true, null)))))
        .endsWith(
            "'generationConfig':{'responseMimeType':'application/json',"
                + "'responseJsonSchema':{'type':'object'}}}");
  }

  @Test
  void declaresFunctionsInOneToolBesideGooglesOwn() throws LlmException {
    ToolUse use =
        ToolUse.of(
            new Tool.Other(Map.of("googleSearch", Map.of())),
            new Tool.Function("f", "F.", Map.of("type", "object")),
            new Tool.Function("g", null, null));

    assertThat(Wire.body(hi(r -> r.tools(use))))
        .endsWith(
            "'tools':[{'functionDeclarations':[{'name':'f','description':'F.',"
                + "'parametersJsonSchema':{'type':'object'}},{'name':'g'}]},{'googleSearch':{}}]}");
  }

  @Test
  void saysHowToolsMayBeUsed() throws LlmException {
    assertThat(choice(ToolChoice.AUTO)).isEqualTo("{'mode':'AUTO'}");
    assertThat(choice(ToolChoice.NONE)).isEqualTo("{'mode':'NONE'}");
    assertThat(choice(ToolChoice.REQUIRED)).isEqualTo("{'mode':'ANY'}");
    assertThat(choice(ToolChoice.named("f")))
        .isEqualTo("{'mode':'ANY','allowedFunctionNames':['f']}");
  }

  @Test
  void aStrictFunctionIsValidated() throws LlmException {
    ToolUse use = ToolUse.of(new Tool.Function("f", null, null, true));

    assertThat(Wire.body(hi(r -> r.tools(use))))
        .endsWith("'toolConfig':{'functionCallingConfig':{'mode':'VALIDATED'}}}");
  }

  @Test
  void mergesExtrasIntoWhatIsThere() throws LlmException {
    Map<String, Object> config =
        Map.of("thinkingConfig", Map.of("includeThoughts", true), "mediaResolution", "LOW");
    Map<String, Object> extras =
        Map.of("generationConfig", config, "contents", List.of(), "store", true);

    String body = Wire.body(hi(r -> r.sampling(effort("low")).extras(extras)));

    assertThat(body)
        .startsWith("{%s,'generationConfig':{".formatted(CONTENTS))
        .contains("'thinkingConfig':{'thinkingLevel':'LOW','includeThoughts':true}")
        .contains("'mediaResolution':'LOW'")
        .doesNotContain("store");
  }

  @Test
  void sendsOtherExtrasAsTheyAre() throws LlmException {
    assertThat(Wire.body(hi(r -> r.extras(Map.of("cachedContent", "cachedContents/1")))))
        .endsWith(",'cachedContent':'cachedContents/1'}");
  }

  @Test
  void refusesAResponseFormatOfNoKnownForm() {
    assertThatThrownBy(
            () -> Wire.body(hi(r -> r.extras(Map.of("response_format", Map.of("type", "x"))))))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("response_format is of no known form");
  }

  private static String choice(ToolChoice choice) throws LlmException {
    String body = Wire.body(hi(r -> r.tools(new ToolUse(F.tools(), choice, null))));
    String start = "'toolConfig':{'functionCallingConfig':";
    return body.substring(body.indexOf(start) + start.length(), body.length() - 2);
  }

  private static Sampling effort(String effort) {
    return new Sampling(null, null, null, null, List.of(), null, null, null, null, effort);
  }

  private static ChatRequest hi(UnaryOperator<ChatRequest.Builder> more) {
    return more.apply(ChatRequest.builder().model("m").message(Message.user("Hi."))).build();
  }
}
