/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies are compared byte for byte; JSON is written with single quotes. */
class RequestWriterTest {

  private static final String HI_JSON =
      "'model':'m','messages':[{'role':'user','content':'Hi'}],'stream':false";
  private static final ChatRequest HI =
      ChatRequest.builder().model("m").message(Message.user("Hi")).build();
  private static final Map<String, Object> TOOL =
      Map.of("type", "function", "function", Map.of("name", "f"));

  @Test
  void sendsNothingTheUserDidNotSetButWhetherToStream() throws LlmException {
    WireRequest request = encode(HI, Delivery.WHOLE);

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).hasToString("http://h:11434/api/chat");
    assertThat(request.headers())
        .isEqualTo(Map.of("Content-Type", "application/json", "Accept", "application/json"));
    assertBody(request, "{" + HI_JSON + "}");
  }

  @Test
  void asksForJsonLines() throws LlmException {
    WireRequest request = encode(HI, Delivery.STREAMED);

    assertThat(request.headers()).containsEntry("Accept", "application/x-ndjson");
    assertBody(request, "{" + HI_JSON.replace("false", "true") + "}");
  }

  @Test
  void sendsEverythingTheUserSet() throws LlmException {
    Sampling everything = new Sampling(0.5, 0.9, 40, 100, List.of("END"), 7L, 0.1, -0.1, 1, "low");

    assertBody(
        encode(HI.toBuilder().sampling(everything).build(), Delivery.WHOLE),
        "{%s,'think':'low','options':{'num_predict':100,'temperature':0.5,'top_p':0.9,'top_k':40,"
                .formatted(HI_JSON)
            + "'stop':['END'],'seed':7,'frequency_penalty':0.1,'presence_penalty':-0.1}}");
  }

  @ParameterizedTest
  @CsvSource({"none,false", "false,false", "true,true", "high,\"high\""})
  void takesAReasoningEffortForWhetherOrHowMuchToThink(String effort, String think)
      throws LlmException {
    Sampling sampling =
        new Sampling(null, null, null, null, List.of(), null, null, null, null, effort);

    assertBody(
        encode(HI.toBuilder().sampling(sampling).build(), Delivery.WHOLE),
        "{%s,'think':%s}".formatted(HI_JSON, think));
  }

  @Test
  void putsExtrasWhereOllamaHasThem() throws LlmException {
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    extras.put("num_ctx", 8192);
    extras.put("keep_alive", "5m");
    extras.put("think", true);
    extras.put("format", Map.of("type", "object"));
    extras.put("truncate", false);
    extras.put("shift", false);
    extras.put("logprobs", true);
    extras.put("top_logprobs", 1);
    extras.put("temperature", 1);
    extras.put("seed", null);
    extras.put("options", Map.of("min_p", 0.1));
    extras.put("stop", "a,b");

    assertBody(
        encode(with(extras), Delivery.WHOLE),
        "{%s,'keep_alive':'5m','think':true,'format':{'type':'object'},'truncate':false,"
                .formatted(HI_JSON)
            + "'shift':false,'logprobs':true,'top_logprobs':1,'options':{'num_ctx':8192,"
            + "'temperature':1,'seed':null,'min_p':0.1,'stop':['a,b']}}");
  }

  @Test
  void doesNotLetExtrasChangeWhatTheCallIs() throws LlmException {
    assertBody(
        encode(
            with(Map.of("model", "other", "messages", List.of(), "stream", true)), Delivery.WHOLE),
        "{" + HI_JSON + "}");
  }

  @Test
  void translatesOpenAisNamesForOptions() throws LlmException {
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    extras.put("max_completion_tokens", 5);
    extras.put("reasoning_effort", "none");
    extras.put("n", 1);

    assertBody(
        encode(with(extras), Delivery.WHOLE),
        "{%s,'think':false,'options':{'num_predict':5}}".formatted(HI_JSON));
  }

  @Test
  void translatesResponseFormats() throws LlmException {
    Map<String, Object> schema = Map.of("type", "object");

    assertFormat(Map.of("type", "text"), "");
    assertFormat(null, "");
    assertFormat(Map.of("type", "json_object"), ",'format':'json'");
    assertFormat(
        Map.of("type", "json_schema", "json_schema", Map.of("name", "x", "schema", schema)),
        ",'format':{'type':'object'}");
  }

  @Test
  void leavesToolsOutWhereNoneIsToBeChosen() throws LlmException {
    List<Map<String, Object>> tools = List.of(TOOL);
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    extras.put("tool_choice", "none");
    extras.put("tools", tools);

    assertBody(encode(with(extras), Delivery.WHOLE), "{" + HI_JSON + "}");
    for (String choice : new String[] {"auto", null}) {
      extras.put("tool_choice", choice);
      assertThat(body(encode(with(extras), Delivery.WHOLE)))
          .startsWith(json("{%s,'tools':[{".formatted(HI_JSON)))
          .doesNotContain("tool_choice");
    }
  }

  @Test
  void leavesOutWhatNoAnswerDependsOn() throws LlmException {
    ChatRequest request =
        with(
                Map.of(
                    "user",
                    "u2",
                    "metadata",
                    Map.of("a", "b"),
                    "store",
                    true,
                    "service_tier",
                    "flex",
                    "stream_options",
                    Map.of(),
                    "parallel_tool_calls",
                    true))
            .toBuilder()
            .user("u1")
            .build();

    assertBody(encode(request, Delivery.WHOLE), "{" + HI_JSON + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"audio", "functions", "function_call", "logit_bias", "modalities", "verbosity"})
  void refusesWhatHasNoCounterpartUnlessItIsNull(String name) throws LlmException {
    Map<String, @Nullable Object> extras = new HashMap<>();
    extras.put(name, null);
    assertBody(encode(with(extras), Delivery.WHOLE), "{" + HI_JSON + "}");

    extras.put(name, "x");
    assertRefused(with(extras), name + " has no counterpart at Ollama. Leave it out.");
  }

  @Test
  void refusesWhatItCannotExpressNamingIt() {
    Sampling two = new Sampling(null, null, null, null, List.of(), null, null, null, 2, null);
    String choices = "choiceCount is above 1, but Ollama draws one answer. Leave it out.";
    assertRefused(HI.toBuilder().sampling(two).build(), choices);
    assertRefused(with(Map.of("n", 2)), choices);
    String choice =
        "toolChoice asks for a tool, but Ollama lets the model choose. Use auto or none.";
    assertRefused(with(Map.of("tool_choice", "required")), choice);
    assertRefused(with(Map.of("tool_choice", Map.of("function", Map.of("name", "f")))), choice);
    assertRefused(
        with(Map.of("parallel_tool_calls", false)),
        "parallel_tool_calls is false, but Ollama lets the model choose. Leave it out.");
    assertRefused(
        with(Map.of("response_format", Map.of("type", "grammar"))),
        "response_format is of no known form. Make it a json_schema that holds a schema.");
    assertRefused(
        with(Map.of("response_format", Map.of("type", "json_schema"))),
        "response_format is of no known form. Make it a json_schema that holds a schema.");
    assertRefused(
        with(Map.of("options", "num_ctx")),
        "options is no object. Send options such as num_ctx one by one.");
  }

  @Test
  void writesMessagesOfAllRoles() throws LlmException {
    assertMessages(
        List.of(
            Message.system("Be brief."),
            new Message.User(List.of(new Part.Text("a"), new Part.Text("b")), "Ada"),
            Message.assistant("Hello"),
            new Message.Assistant(List.of(), List.of())),
        "[{'role':'system','content':'Be brief.'},{'role':'user','content':'ab'},"
            + "{'role':'assistant','content':'Hello'},{'role':'assistant','content':''}]");
  }

  @Test
  void writesToolCallsWithAnObjectAndResultsWithTheNameOfTheTool() throws LlmException {
    assertMessages(
        List.of(
            new Message.Assistant(
                List.of(),
                List.of(new ToolCall("x1", "f", "{\"a\": 1}"), new ToolCall("x2", "g", " "))),
            new Message.ToolResult("x2", null, List.of(new Part.Text("2"))),
            new Message.ToolResult("x1", "f1", List.of(new Part.Text("1"))),
            new Message.ToolResult("x3", null, List.of())),
        "[{'role':'assistant','content':'','tool_calls':["
            + "{'id':'x1','function':{'name':'f','arguments':{'a':1}}},"
            + "{'id':'x2','function':{'name':'g','arguments':{}}}]},"
            + "{'role':'tool','content':'2','tool_name':'g','tool_call_id':'x2'},"
            + "{'role':'tool','content':'1','tool_name':'f1','tool_call_id':'x1'},"
            + "{'role':'tool','content':'','tool_call_id':'x3'}]");
  }

  @Test
  void writesImagesAsBareBase64() throws LlmException {
    assertMessages(
        List.of(
            new Message.User(
                List.of(
                    image("data:image/png;base64,AA=="),
                    new Part.Text("What?"),
                    image("DATA:image/jpeg;base64,BB=="),
                    image("data:;base64,CC==")),
                null)),
        "[{'role':'user','content':'What?','images':['AA==','BB==','CC==']}]");
  }

  @Test
  void refusesOtherPartsWithoutRepeatingThem() {
    String byUrl =
        "has an image by its URL, but Ollama takes its content only. Fetch it, or make it"
            + " data:image/png;base64,….";
    String unknown =
        "has a part that Ollama cannot be sent. Send text, or an image as an image_url part whose"
            + " url is data:image/png;base64,….";
    assertRefused(image("https://h/secret.png"), byUrl);
    assertRefused(image("data:image/svg+xml,<svg/>"), byUrl);
    assertRefused(
        Part.Media.of("audio/wav", new byte[1], null),
        "has a recording, but Ollama takes text and images. Send its text.");
    assertRefused(
        Part.Media.of("application/pdf", new byte[1], "secret.pdf"),
        "has a document, but Ollama takes text and images. Send its text.");
    assertRefused(new Part.Other("image_url", "[]"), unknown);
    assertRefused(
        new Part.Other("input_audio", Map.of("input_audio", Map.of("data", "secret"))), unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"secret", "[1]", "\"{}\""})
  void refusesToolArgumentsThatAreNoObjectWithoutRepeatingThem(String arguments) {
    Message call = new Message.Assistant(List.of(), List.of(new ToolCall("x", "f", arguments)));

    assertRefused(
        HI.toBuilder().message(call).build(),
        "messages[1].tool_calls holds arguments that are no JSON object, perhaps cut off. Leave"
            + " the message out.");
  }

  @Test
  void saysWithoutContentWhatIsNotJson() {
    assertRefused(with(Map.of("x", new Object())), "an extra or a message part is not JSON.");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:11434,http://h:11434/api/chat",
    "http://h:11434/api/chat,http://h:11434/api/chat",
    "https://proxy/ollama?a=1,https://proxy/ollama/api/chat?a=1"
  })
  void appendsItsPathToTheBaseUrl(URI base, URI expected) throws LlmException {
    assertThat(encode(HI, Delivery.WHOLE, base).uri()).isEqualTo(expected);
  }

  @Test
  void doesNotWriteTheKey() throws LlmException {
    WireRequest request = encode(HI, Delivery.WHOLE);

    assertThat(request.headers()).containsOnlyKeys("Content-Type", "Accept");
    assertThat(body(request)).doesNotContain("k123");
  }

  private static ChatRequest with(Map<String, @Nullable Object> extras) {
    return OpenAiChatFormat.typed(HI.toBuilder().extras(extras).build());
  }

  private static Part image(String url) {
    return new Part.Media(Part.Media.Kind.IMAGE, url, null, "low");
  }

  private static void assertFormat(@Nullable Object responseFormat, String expected)
      throws LlmException {
    Map<String, @Nullable Object> extras = new HashMap<>();
    extras.put("response_format", responseFormat);

    assertBody(encode(with(extras), Delivery.WHOLE), "{" + HI_JSON + expected + "}");
  }

  private static void assertMessages(List<Message> messages, String expected) throws LlmException {
    ChatRequest request = ChatRequest.builder().model("m").messages(messages).build();

    assertBody(
        encode(request, Delivery.WHOLE),
        "{'model':'m','messages':%s,'stream':false}".formatted(expected));
  }

  private static void assertRefused(Part part, String problem) {
    assertRefused(
        HI.toBuilder().message(new Message.User(List.of(part), null)).build(),
        "messages[1] " + problem);
  }

  private static void assertRefused(ChatRequest request, String problem) {
    assertThatThrownBy(() -> encode(request, Delivery.WHOLE))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage("The request to ollama cannot be written: " + problem)
        .hasNoCause();
  }

  private static void assertBody(WireRequest request, String expected) {
    assertThat(body(request)).isEqualTo(json(expected));
  }

  private static String body(WireRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static String json(String text) {
    return new String(Replies.utf8(text), StandardCharsets.UTF_8);
  }

  private static WireRequest encode(ChatRequest request, Delivery delivery) throws LlmException {
    return encode(request, delivery, URI.create("http://h:11434"));
  }

  private static WireRequest encode(ChatRequest request, Delivery delivery, URI base)
      throws LlmException {
    Destination destination =
        new Destination(
            Providers.find("ollama").orElseThrow(), base, new Secret("k123"), Map.of("X", "y"));
    return new OllamaCodec().encode(request, delivery, destination);
  }
}
