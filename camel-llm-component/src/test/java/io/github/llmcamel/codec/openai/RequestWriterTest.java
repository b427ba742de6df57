/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Quirk;
import io.github.llmcamel.provider.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {

  private static final Sampling EVERYTHING =
      new Sampling(0.5, 0.9, 40, 100, List.of("END"), 7L, 0.1, -0.1, 2, "low");
  private static final ChatRequest HI =
      ChatRequest.builder().model("m").message(Message.user("Hi")).build();

  @Test
  void sendsNothingTheUserDidNotSet() throws LlmException {
    WireRequest request = encode(HI, Delivery.WHOLE);

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.headers())
        .isEqualTo(Map.of("Content-Type", "application/json", "Accept", "application/json"));
    assertJson(request, "{'model':'m','messages':[{'role':'user','content':'Hi'}]}");
  }

  @Test
  void asksForAStreamThatReportsItsUsage() throws LlmException {
    WireRequest request = encode(HI, Delivery.STREAMED);

    assertThat(request.headers()).containsEntry("Accept", "text/event-stream");
    assertJson(
        request,
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'stream':true,"
            + "'stream_options':{'include_usage':true}}");
  }

  @Test
  void leavesStreamOptionsOutWhereTheyAreRefused() throws LlmException {
    assertJson(
        encode(HI, Delivery.STREAMED, destination(Quirk.NO_STREAM_OPTIONS)),
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'stream':true}");
  }

  @Test
  void sendsEverythingTheUserSet() throws LlmException {
    ChatRequest request = HI.toBuilder().sampling(EVERYTHING).user("u1").build();

    assertJson(
        encode(request, Delivery.WHOLE),
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':0.5,'top_p':0.9,"
            + "'top_k':40,'max_tokens':100,'stop':['END'],'seed':7,'frequency_penalty':0.1,"
            + "'presence_penalty':-0.1,'n':2,'reasoning_effort':'low','user':'u1'}");
  }

  @Test
  void namesTheOutputLimitAsTheProviderDoes() throws LlmException {
    ChatRequest request = HI.toBuilder().sampling(EVERYTHING).build();
    JsonNode json = body(encode(request, Delivery.WHOLE, destination(Quirk.MAX_COMPLETION_TOKENS)));

    assertThat(json.path("max_completion_tokens").intValue()).isEqualTo(100);
    assertThat(json.has("max_tokens")).isFalse();
  }

  @Test
  void namesTheSeedAsTheProviderDoes() throws LlmException {
    ChatRequest request = HI.toBuilder().sampling(EVERYTHING).build();
    JsonNode json = body(encode(request, Delivery.WHOLE, destination(Quirk.RANDOM_SEED)));

    assertThat(json.path("random_seed").intValue()).isEqualTo(7);
    assertThat(json.has("seed")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_TOP_K   | top_k | topK has no counterpart at acme. Leave it out, or send it as extra.top_k.",
        "ONE_CHOICE | n     | choiceCount is above 1, but acme draws one answer. Leave it out.",
      })
  void refusesWhatTheProviderDoesNotHaveUnlessItIsToBeDropped(
      Quirk quirk, String member, String problem) throws LlmException {
    ChatRequest request = HI.toBuilder().sampling(EVERYTHING).user("u1").build();
    Destination destination = destination(quirk);

    assertThatThrownBy(() -> encode(request, Delivery.WHOLE, destination))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage("The request to acme cannot be written: " + problem);
    WireRequest lenient = encode(request, Delivery.WHOLE, destination.withLenientParameters(true));
    assertThat(body(lenient).has(member)).isFalse();
    assertThat(lenient.dropped()).containsExactly(problem.substring(0, problem.indexOf(' ')));
  }

  @Test
  void leavesOutTheUserWhereNoneIsTaken() throws LlmException {
    WireRequest written =
        encode(HI.toBuilder().user("u1").build(), Delivery.WHOLE, destination(Quirk.NO_USER));

    assertThat(body(written).has("user")).isFalse();
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void refusesNothingThatTheUserSendsAsAnExtraOrThatChangesNothing() throws LlmException {
    ChatRequest request =
        HI.toBuilder()
            .sampling(new Sampling(null, null, null, null, List.of(), null, null, null, 1, null))
            .extras(Map.of("top_k", 5, "user", "u1"))
            .build();
    Destination destination =
        destination(Quirk.NO_TOP_K, Quirk.NO_USER, Quirk.ONE_CHOICE, Quirk.NO_TOOL_CHOICE);

    JsonNode json = body(encode(request, Delivery.WHOLE, destination));

    assertThat(json.path("top_k").intValue()).isEqualTo(5);
    assertThat(json.path("user").textValue()).isEqualTo("u1");
    assertThat(json.path("n").intValue()).isEqualTo(1);
  }

  @Test
  void refusesToRuleTheUseOfToolsWhereTheModelChooses() throws LlmException {
    Tool tool = new Tool.Function("f", null, null, null);
    Destination free = destination(Quirk.NO_TOOL_CHOICE);

    for (ToolUse ruled :
        List.of(
            new ToolUse(List.of(tool), ToolChoice.REQUIRED, null),
            new ToolUse(List.of(tool), ToolChoice.named("f"), null),
            new ToolUse(List.of(tool), null, false))) {
      assertThatThrownBy(() -> encode(HI.toBuilder().tools(ruled).build(), Delivery.WHOLE, free))
          .hasMessageContaining("but acme lets the model choose");
    }
    ToolUse none = new ToolUse(List.of(tool), ToolChoice.NONE, null);
    assertJson(
        encode(HI.toBuilder().tools(none).build(), Delivery.WHOLE, free),
        "{'model':'m','messages':[{'role':'user','content':'Hi'}]}");
    ToolUse auto = new ToolUse(List.of(tool), ToolChoice.AUTO, true);
    assertJson(
        encode(HI.toBuilder().tools(auto).build(), Delivery.WHOLE, free),
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],"
            + "'tools':[{'type':'function','function':{'name':'f'}}]}");
  }

  @Test
  void writesMessagesOfAllRoles() throws LlmException {
    ChatRequest request =
        ChatRequest.builder()
            .model("m")
            .message(Message.system("Be brief."))
            .message(new Message.User(List.of(new Part.Text("Hi")), "Ada"))
            .message(Message.assistant("Hello"))
            .message(
                new Message.Assistant(List.of(), List.of(new ToolCall("x1", "f", "{\"a\":1}"))))
            .message(
                new Message.Assistant(
                    List.of(new Part.Text("Well")), List.of(new ToolCall("x2", "g", ""))))
            .message(new Message.ToolResult("x1", null, List.of(new Part.Text("1"))))
            .message(new Message.ToolResult("x2", "g", List.of()))
            .message(new Message.Assistant(List.of(), List.of()))
            .build();

    assertJson(
        encode(request, Delivery.WHOLE),
        "{'model':'m','messages':["
            + "{'role':'system','content':'Be brief.'},"
            + "{'role':'user','content':'Hi','name':'Ada'},"
            + "{'role':'assistant','content':'Hello'},"
            + "{'role':'assistant','content':null,'tool_calls':[{'id':'x1','type':'function',"
            + "'function':{'name':'f','arguments':'{\\'a\\':1}'}}]},"
            + "{'role':'assistant','content':'Well','tool_calls':[{'id':'x2','type':'function',"
            + "'function':{'name':'g','arguments':'{}'}}]},"
            + "{'role':'tool','content':'1','tool_call_id':'x1'},"
            + "{'role':'tool','content':'','tool_call_id':'x2','name':'g'},"
            + "{'role':'assistant','content':''}]}");
  }

  @Test
  void writesTextAsAStringAndOtherPartsAsTheyCame() throws LlmException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "image_url");
    json.put("image_url", Map.of("url", "data:image/png;base64,AA=="));
    Part image = new Part.Other("image_url", json);
    Part audio = new Part.Other("input_audio", "{\"type\":\"input_audio\",\"x\":1}");
    ChatRequest request =
        ChatRequest.builder()
            .model("m")
            .message(new Message.User(List.of(new Part.Text("a"), new Part.Text("b")), null))
            .message(new Message.User(List.of(new Part.Text("a"), image, audio), null))
            .build();

    assertJson(
        encode(request, Delivery.WHOLE),
        "{'model':'m','messages':[{'role':'user','content':'ab'},{'role':'user','content':["
            + "{'type':'text','text':'a'},"
            + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}},"
            + "{'type':'input_audio','x':1}]}]}");
  }

  @Test
  void mergesExtrasOverEverythingButTheCallItself() throws LlmException {
    Map<String, Object> extras = new LinkedHashMap<>();
    extras.put("temperature", 1);
    extras.put("guided", Map.of("json", Map.of("a", Arrays.asList(1, true, null))));
    extras.put("nothing", null);
    extras.put("stream_options", Map.of("include_obfuscation", false));
    extras.put("model", "other");
    extras.put("messages", List.of());
    extras.put("stream", false);
    ChatRequest request = HI.toBuilder().sampling(EVERYTHING).extras(extras).build();

    JsonNode json = body(encode(request, Delivery.STREAMED));

    assertThat(json.path("temperature").intValue()).isEqualTo(1);
    assertThat(json.path("guided").toString()).isEqualTo("{\"json\":{\"a\":[1,true,null]}}");
    assertThat(json.path("nothing").isNull()).isTrue();
    assertThat(json.path("stream_options").toString())
        .isEqualTo("{\"include_usage\":true,\"include_obfuscation\":false}");
    assertThat(json.path("model").textValue()).isEqualTo("m");
    assertThat(json.path("messages")).hasSize(1);
    assertThat(json.path("stream").booleanValue()).isTrue();
  }

  @Test
  void saysWithoutContentWhatCannotBeWritten() {
    ChatRequest part =
        HI.toBuilder()
            .message(new Message.User(List.of(new Part.Other("t", "{secret")), null))
            .build();
    ChatRequest extra = HI.toBuilder().extras(Map.of("x", new Object())).build();

    for (ChatRequest request : List.of(part, extra)) {
      assertThatThrownBy(() -> encode(request, Delivery.WHOLE))
          .isInstanceOf(LlmRequestException.class)
          .hasMessage(
              "The request to acme cannot be written: an extra or a message part is not JSON.")
          .hasNoCause();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:8000/v1,http://h:8000/v1/chat/completions",
    "http://h:8000/v1/,http://h:8000/v1/chat/completions",
    "http://h:8000/v1/chat/completions,http://h:8000/v1/chat/completions",
    "https://api.groq.com/openai/v1,https://api.groq.com/openai/v1/chat/completions",
    "https://h/v1beta/openai?a=1,https://h/v1beta/openai/chat/completions?a=1"
  })
  void appendsItsPathToTheBaseUrl(URI base, URI expected) throws LlmException {
    Destination destination =
        new Destination(Providers.openAiCompatible("acme", base), base, null, Map.of());

    assertThat(encode(HI, Delivery.WHOLE, destination).uri()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.openai.azure.com/openai?api-version=1,"
        + "https://r.openai.azure.com/openai/deployments/my%20model/chat/completions?api-version=1",
    "https://r.openai.azure.com/openai/v1,https://r.openai.azure.com/openai/v1/chat/completions",
    "https://r.openai.azure.com/openai/deployments/d?api-version=1,"
        + "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1"
  })
  void namesTheDeploymentInAzuresClassicPaths(URI base, URI expected) throws LlmException {
    Provider azure = Providers.find("azure_openai").orElseThrow();
    ChatRequest request = HI.toBuilder().model("my model").build();

    WireRequest written =
        encode(request, Delivery.WHOLE, new Destination(azure, base, null, Map.of()));

    assertThat(written.uri()).isEqualTo(expected);
    assertThat(body(written).path("model").textValue()).isEqualTo("my model");
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.openai.azure.com/openai?api-version=2024-06-01,           false",
    "https://r.openai.azure.com/openai?api-version=2024-08-01-preview,   false",
    "https://r.openai.azure.com/openai?a=b&api-version=2024-10-21,       true",
    "https://r.openai.azure.com/openai/v1,                               true",
    "https://r.openai.azure.com/openai/v1?api-version=preview,           true",
  })
  void asksAzureForTheUsageOfAStreamWhereItsVersionKnowsThat(URI base, boolean asks)
      throws LlmException {
    Provider azure = Providers.find("azure_openai").orElseThrow();
    Destination destination = new Destination(azure, base, null, Map.of());

    JsonNode json = body(encode(HI, Delivery.STREAMED, destination));

    assertThat(json.has("stream_options")).isEqualTo(asks);
  }

  @Test
  void doesNotWriteTheKey() throws LlmException {
    URI base = URI.create("http://h/v1");
    Destination destination =
        new Destination(
            Providers.openAiCompatible("acme", base), base, new Secret("k123"), Map.of("X", "y"));

    WireRequest request = encode(HI, Delivery.WHOLE, destination);

    assertThat(request.headers()).containsOnlyKeys("Content-Type", "Accept");
    assertThat(new String(request.body(), StandardCharsets.UTF_8)).doesNotContain("k123");
  }

  private static WireRequest encode(ChatRequest request, Delivery delivery) throws LlmException {
    return encode(request, delivery, destination());
  }

  private static WireRequest encode(ChatRequest request, Delivery delivery, Destination destination)
      throws LlmException {
    return new OpenAiCodec().encode(request, delivery, destination);
  }

  private static Destination destination(Quirk... quirks) {
    URI base = URI.create("http://h/v1");
    Provider quirky = Provider.builder("acme").baseUrl(base).quirks(quirks).build();
    return new Destination(quirky, base, null, Map.of());
  }

  private static JsonNode body(WireRequest request) {
    return json(new String(request.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertJson(WireRequest request, String expected) {
    String json = expected.replace("\\'", "\\\"").replace('\'', '"');
    assertThat(body(request).toPrettyString()).isEqualTo(json(json).toPrettyString());
  }
}
