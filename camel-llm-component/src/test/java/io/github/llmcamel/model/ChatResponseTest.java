/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatResponseTest {

  private static final Part CODE = new Part.Opaque("gemini", "{\"executableCode\":{}}");

  @Test
  void keepsThePiecesOfAnAnswerInOrder() {
    ChatResponse.Choice choice =
        fold(
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.TextDelta(0, "b"),
            new ChatEvent.PartReceived(0, CODE),
            new ChatEvent.PartReceived(0, CODE),
            new ChatEvent.ReasoningDelta(0, "r"),
            new ChatEvent.TextDelta(0, "c"));

    assertThat(choice.text()).isEqualTo("abc");
    assertThat(choice.parts()).containsExactly(new Part.Text("ab"), CODE, CODE, new Part.Text("c"));
  }

  @Test
  void anAnswerOfTextHasOnePart() {
    assertThat(fold(new ChatEvent.TextDelta(0, "a"), new ChatEvent.TextDelta(0, "b")))
        .isEqualTo(new ChatResponse.Choice(0, "ab", null, null, List.of(), null));
  }

  @Test
  void anAnswerIsATurnToGoOnFrom() {
    ChatResponse.Choice choice =
        fold(
            new ChatEvent.ReasoningDelta(0, "r"),
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.ToolCallDelta(0, 0, "x", "f", "{\"a\":1}"),
            new ChatEvent.PartReceived(0, CODE));

    assertThat(choice.toMessage())
        .isEqualTo(
            new Message.Assistant(
                List.of(new Part.Text("a"), CODE), List.of(new ToolCall("x", "f", "{\"a\":1}"))));
  }

  @Test
  void printsNothingOfWhatAProviderKeepsForItself() {
    assertThat(CODE).hasToString("Opaque[gemini, 21 characters]");
  }

  private static ChatResponse.Choice fold(ChatEvent... events) {
    ChatResponse.Builder builder = ChatResponse.builder();
    List.of(events).forEach(builder::add);
    return builder.build().choices().get(0);
  }
}
