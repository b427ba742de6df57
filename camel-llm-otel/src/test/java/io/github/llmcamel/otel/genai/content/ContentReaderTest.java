/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Part.Media;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.provider.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentReaderTest {

  private static final Message SYSTEM = Message.system("Be short.");
  private static final Message USER = Message.user("Hi.");

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "OLLAMA"})
  void systemMessagesAreMessagesWhereTheProtocolSaysSo(Protocol protocol) {
    CallContent content = read(protocol, SYSTEM, USER);

    assertThat(content.systemInstructions()).isEmpty();
    assertThat(content.inputMessages())
        .map(ContentMessage::role)
        .containsExactly(ContentRole.SYSTEM, ContentRole.USER);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "GEMINI"})
  void systemMessagesAreInstructionsWhereTheProtocolHasAFieldForThem(Protocol protocol) {
    CallContent content = read(protocol, SYSTEM, USER);

    assertThat(content.systemInstructions()).containsExactly(new ContentPart.Text("Be short."));
    assertThat(content.inputMessages()).map(ContentMessage::role).containsExactly(ContentRole.USER);
  }

  @Test
  void readsToolCallsAndWhatToolsAnswered() {
    CallContent content =
        read(
            Protocol.OPENAI,
            new Message.Assistant(
                List.of(new Part.Text("Let me see.")), List.of(new ToolCall("c1", "f", "{}"))),
            new Message.ToolResult(
                "c1",
                "f",
                List.of(
                    new Part.Text("42"), new Media(Media.Kind.IMAGE, "http://x/a", null, null))));

    assertThat(content.inputMessages())
        .containsExactly(
            new ContentMessage(
                ContentRole.ASSISTANT,
                List.of(
                    new ContentPart.Text("Let me see."), new ContentPart.ToolCall("c1", "f", "{}")),
                null,
                null),
            new ContentMessage(
                ContentRole.TOOL,
                List.of(
                    new ContentPart.ToolResult("c1", "42"),
                    new ContentPart.Link(Media.Kind.IMAGE, "http://x/a")),
                null,
                null));
  }

  @Test
  @DisplayName("49. Media are blobs or links, each of its modality")
  void tellsMediaByWhereTheirContentIs() {
    Message message =
        new Message.User(
            List.of(
                Media.of("image/png", new byte[] {1, 2}, null),
                Media.of("application/pdf", new byte[] {1}, "a.pdf"),
                Media.of("audio/wav", new byte[] {1}, null),
                new Media(Media.Kind.IMAGE, "https://example.com/a.png", null, null),
                new Media(Media.Kind.IMAGE, "gs://bucket/a.png", null, null),
                new Media(Media.Kind.DOCUMENT, "data:text/plain,hello", null, null)),
            "ann");

    ContentMessage read = read(Protocol.OPENAI, message).inputMessages().get(0);

    assertThat(read.name()).isEqualTo("ann");
    assertThat(read.parts())
        .containsExactly(
            new ContentPart.Blob(Media.Kind.IMAGE, "image/png", "AQI=", 2),
            new ContentPart.Blob(Media.Kind.DOCUMENT, "application/pdf", "AQ==", 1),
            new ContentPart.Blob(Media.Kind.AUDIO, "audio/wav", "AQ==", 1),
            new ContentPart.Link(Media.Kind.IMAGE, "https://example.com/a.png"),
            new ContentPart.Link(Media.Kind.IMAGE, "gs://bucket/a.png"),
            new ContentPart.Other("data", 21));
  }

  @Test
  void namesPiecesThatItDoesNotKnow() {
    Message message =
        new Message.User(
            List.of(
                new Part.Opaque("gemini", "{\"a\":1}"),
                new Part.Other("video_url", "{\"video_url\":\"canary\"}")),
            null);

    assertThat(read(Protocol.OPENAI, message).inputMessages().get(0).parts())
        .containsExactly(
            new ContentPart.Other("gemini", 7), new ContentPart.Other("video_url", 22));
  }

  @Test
  void readsEveryChoiceOfAnAnswer() {
    ChatResponse response =
        response(
            new ChatResponse.Choice(
                0, "Yes.", "Hm.", "No.", List.of(new ToolCall("c1", "f", "{}")), FinishReason.STOP),
            choice(null));

    List<ContentMessage> output =
        ContentReader.read(
                Protocol.OPENAI, ChatRequest.of("Hi."), response, ContentSettings.Tools.NAMES)
            .outputMessages();

    assertThat(output.get(0))
        .isEqualTo(
            new ContentMessage(
                ContentRole.ASSISTANT,
                List.of(
                    new ContentPart.Reasoning("Hm."),
                    new ContentPart.Text("Yes."),
                    new ContentPart.Refusal("No."),
                    new ContentPart.ToolCall("c1", "f", "{}")),
                null,
                "stop"));
    assertThat(output.get(1).finishReason()).isEqualTo("error");
  }

  @ParameterizedTest
  @CsvSource({
    "stop, end_turn, stop",
    "length, max_tokens, length",
    "tool_calls, tool_use, tool_call",
    "content_filter, SAFETY, content_filter",
    "other, load, load"
  })
  void saysWhyAnAnswerEndedInTheWordsOfTheConventions(String word, String raw, String said) {
    ChatResponse response = response(choice(new FinishReason(word, raw)));

    assertThat(
            ContentReader.read(
                    Protocol.OPENAI, ChatRequest.of("Hi."), response, ContentSettings.Tools.NAMES)
                .outputMessages())
        .map(ContentMessage::finishReason)
        .containsExactly(said);
  }

  @Test
  void readsToolsByNameOrWhole() {
    ChatRequest request =
        ChatRequest.builder()
            .message(USER)
            .tools(
                ToolUse.of(
                    new Tool.Function("f", "Does it.", Map.of("type", "object")),
                    new Tool.Function("g", null, null),
                    new Tool.Other(Map.of("type", "web_search_20250305", "name", "web_search")),
                    new Tool.Other(Map.of("google_search", Map.of()))))
            .build();

    assertThat(tools(request, ContentSettings.Tools.NAMES).get(0))
        .isEqualTo(new ToolDefinition("function", "f", null, null));
    assertThat(tools(request, ContentSettings.Tools.WHOLE))
        .containsExactly(
            new ToolDefinition("function", "f", "Does it.", "{\"type\":\"object\"}"),
            new ToolDefinition("function", "g", null, null),
            new ToolDefinition("web_search_20250305", "web_search", null, null),
            new ToolDefinition("other", "other", null, null));
  }

  private static List<ToolDefinition> tools(ChatRequest request, ContentSettings.Tools tools) {
    return ContentReader.read(Protocol.OPENAI, request, null, tools).toolDefinitions();
  }

  private static CallContent read(Protocol protocol, Message... messages) {
    return ContentReader.read(
        protocol,
        ChatRequest.builder().messages(List.of(messages)).build(),
        null,
        ContentSettings.Tools.NAMES);
  }

  private static ChatResponse response(ChatResponse.Choice... choices) {
    return new ChatResponse(null, null, List.of(choices), Usage.UNKNOWN, ServerTiming.UNKNOWN);
  }

  private static ChatResponse.Choice choice(@Nullable FinishReason reason) {
    return new ChatResponse.Choice(0, "", null, null, List.of(), reason);
  }
}
