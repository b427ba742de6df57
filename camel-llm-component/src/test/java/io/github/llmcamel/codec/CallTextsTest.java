/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolUse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTextsTest {

  /** What a person may ask about; the words of errors are among it. */
  private static final String PROMPT =
      """
      You are a support agent. Be short; do not invent anything.
      The customer writes: "My card was charged twice for the order \\"Zoë's café\\", and the app says
      that the request is not valid. Is there a maximum number of tokens, or a rate limit?
      I have tried again with another model, but the server did not answer. Please check the API."
      Reply in JSON: {"category": "billing", "urgent": true}""";

  private static final String SHORT = "Who is Ada?";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No. My card was charged twice for the order. Sorry.|No. ***. Sorry.",
        "No. My card was charged twice for th|No. ***",
        "No. My card was charged twice for t|No. My card was charged twice for t",
        "No: n short; do not invent anything. Why?|No: n short; do not invent anything. Why?",
        "No: ent. Be short; do not invent anything. Why?|No: *** Why?",
        "No: 'do not invent anything.\\nThe customer'|No: '***'",
        "No: anything.\\\\nThe customer writes: \\\\\\\"My|No: ***",
        "order \\\"Zo\\u00eb's caf\\u00E9\\\", and the app|***",
        "order \"Zo\\xeb\\'s caf\\xe9\", and the app says|***",
        "order \"Zo&euml;'s caf&eacute;\", and the app says that the request|order \"Zo&euml;'s caf&eacute;\"***",
        "{'category': 'billing', 'urgent': True}|*** True}",
        "{'category':'billing','urgent':true}, {'category':'billing'}|***'}",
        "Who is Ada?|***",
        "Asked: Who is Ada? Who is Adam? Who\\tis Ada?|Asked: *** Who is Adam? ***",
        "Who is Ada|Who is Ada",
        "MY CARD WAS CHARGED TWICE FOR THE ORDER|MY CARD WAS CHARGED TWICE FOR THE ORDER",
        "''|''",
      })
  void masksWhatIsQuoted(String text, String masked) {
    ChatRequest request =
        ChatRequest.builder().message(Message.system(PROMPT)).message(Message.user(SHORT)).build();

    assertThat(texts(request).mask(text)).isEqualTo(masked);
  }

  /** As providers word them, with the values they put in. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Incorrect API key provided: sk-***. You can find your API key at https://platform.openai.com/account/api-keys.",
        "The model `gpt-9` does not exist or you do not have access to it.",
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.",
        "Rate limit reached for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Used 29000, Requested 4000. Please try again in 6s.",
        "You exceeded your current quota, please check your plan and billing details.",
        "Invalid value: 'robot'. Supported values are: 'system', 'assistant', 'user', 'function', and 'tool'.",
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "Missing required parameter: 'messages[0].content'.",
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "messages.0.content.0.type: Input should be 'text', 'image' or 'document'",
        "max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens for claude",
        "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
        "Overloaded",
        "API key not valid. Please pass a valid API key.",
        "Invalid JSON payload received. Unknown name \"foo\" at 'generation_config': Cannot find field.",
        "models/gemini-9 is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.",
        "model 'gemma9' not found, try pulling it first",
        "model requires more system memory (9.1 GiB) than is available (4.0 GiB)",
        "llama runner process has terminated: exit status 2",
        "the request exceeds the available context size (4096 tokens), try increasing it",
        "Failed to apply prompt template: unexpected token",
        "The server is currently overloaded with other requests. Sorry about that! You can retry your request."
      })
  void leavesOrdinaryErrorsAsTheyAre(String text) {
    ChatRequest request =
        ChatRequest.builder()
            .message(Message.system(PROMPT))
            .message(Message.user(SHORT))
            .message(Message.user("system"))
            .build();

    assertThat(texts(request).mask(text)).isEqualTo(text);
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments("system text", chat(Message.system("the secret"))),
        arguments("user text", chat(Message.user("the secret"))),
        arguments("a user's name", chat(new Message.User(List.of(), "the secret"))),
        arguments("assistant text", chat(Message.assistant("the secret"))),
        arguments(
            "what else a message says",
            chat(Message.user("").withExtras(Map.of("reasoning_content", "the secret")))),
        arguments(
            "arguments of a tool",
            chat(new Message.Assistant(List.of(), List.of(new ToolCall("1", "f", "the secret"))))),
        arguments(
            "result of a tool",
            chat(new Message.ToolResult("1", "f", List.of(new Part.Text("the secret"))))),
        arguments(
            "address of an image",
            chat(part(new Part.Media(Part.Media.Kind.IMAGE, "the secret", null, null)))),
        arguments(
            "name of a file",
            chat(part(new Part.Media(Part.Media.Kind.IMAGE, "u", "the secret", null)))),
        arguments("an opaque part", chat(part(new Part.Opaque("gemini", "the secret")))),
        arguments("an unknown part", chat(part(new Part.Other("t", Map.of("text", "the secret"))))),
        arguments("description of a tool", tool(new Tool.Function("f", "the secret", null))),
        arguments(
            "description of a parameter",
            tool(
                new Tool.Function(
                    "f",
                    null,
                    Map.of("properties", Map.of("p", Map.of("description", "the secret")))))),
        arguments(
            "a provider's own tool",
            tool(new Tool.Other(Map.of("docs", List.of(Map.of("text", "the secret")))))),
        arguments(
            "description of an answer",
            ChatRequest.builder()
                .responseFormat(new ResponseFormat.JsonSchema("s", Map.of(), null, "the secret"))
                .build()),
        arguments("user id", ChatRequest.builder().user("the secret").build()),
        arguments(
            "an extra",
            ChatRequest.builder()
                .extras(Map.of("prediction", Map.of("content", "the secret")))
                .build()),
        arguments("a text to embed", embeddings("the secret", null)),
        arguments("user id of embeddings", embeddings("", "the secret")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void knowsEveryTextOf(String what, ModelRequest request) {
    assertThat(texts(request).mask(what + " 'the secret'")).isEqualTo(what + " '***'");
  }

  @Test
  void leavesNamesAndSettingsReadable() {
    ChatRequest request =
        ChatRequest.builder()
            .model("gpt-4o-mini")
            .tools(ToolUse.of(new Tool.Function("get_weather", null, Map.of("type", "object"))))
            .extras(Map.of("service_tier", "flexible"))
            .build();

    String text = "gpt-4o-mini, get_weather and flexible are wrong";
    assertThat(texts(request).mask(text)).isEqualTo(text);
  }

  @Test
  void aRequestWithoutTextsMasksNothing() {
    assertThat(CallTexts.NONE.mask("text")).isEqualTo("text");
    assertThat(texts(new ModelsRequest("text text text")).mask("text text text"))
        .isEqualTo("text text text");
  }

  @Test
  void findsAQuoteOfALongTextAnywhereInALongError() {
    StringBuilder document = new StringBuilder();
    for (int i = 0; i < 500_000; i++) {
      document.append(i * 7919 % 1_000_003).append(' ');
    }
    CallTexts texts = texts(ChatRequest.of(document.toString()));
    String quoted = document.substring(2_000_000, 2_010_000).strip();

    assertThat(texts.mask("Bad input <" + quoted + ">!")).isEqualTo("Bad input <***>!");
    assertThat(texts.mask("Bad input <" + document)).isEqualTo("Bad input <***");
  }

  @Test
  void masksTheEndOfWhatIsCut() {
    String text = "x ".repeat(8_180) + "This is the secret of the house of Usher, and more of it.";

    assertThat(texts(chat(Message.user(text.substring(16_360)))).mask(text))
        .startsWith("x x x")
        .doesNotContain("This")
        .endsWith("***");
  }

  @Test
  void knowsWhatHasComeOfTheAnswer() {
    ChatResponse.Builder answer = ChatResponse.builder();
    CallTexts texts = CallTexts.of(ChatRequest.of("Hi."), answer::build);
    answer
        .add(new ChatEvent.TextDelta(0, "the first part"))
        .add(new ChatEvent.ReasoningDelta(0, "the thought"))
        .add(new ChatEvent.RefusalDelta(1, "the refusal"))
        .add(new ChatEvent.ToolCallDelta(1, 0, "id", "name", "the arguments"));

    assertThat(texts.mask("the first part, the thought, the refusal, the arguments, the rest"))
        .isEqualTo("***, ***, ***, ***, the rest");
  }

  private static CallTexts texts(ModelRequest request) {
    return CallTexts.of(request, () -> null);
  }

  private static ChatRequest chat(Message message) {
    return ChatRequest.builder().message(message).build();
  }

  private static Message part(Part part) {
    return new Message.User(List.of(part), null);
  }

  private static ChatRequest tool(Tool tool) {
    return ChatRequest.builder().tools(ToolUse.of(tool)).build();
  }

  private static EmbeddingsRequest embeddings(String input, @Nullable String user) {
    return new EmbeddingsRequest("m", List.of(input), null, user, Map.of());
  }
}
