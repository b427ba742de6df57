/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedTextTest {

  private static final int LONGEST_HELD = 16 + "</think>".length() - 1;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>r</think>a",
        "\n<think>\n  r \n r\n\n</think>\n\n a \n",
        "<think></think>a",
        "<think>\n\n</think>",
        "<think>r</thi</think>a</think>",
        "<think>r<</th</thinkx",
        "<thin <think>r</think>a",
        "                 <think>r</think>",
        "<think>r                    </think>a",
        "</think>a",
        "r\n</think>\na",
        "   ",
      })
  void readsTheSameWhereverTheTextIsCut(String text) {
    for (boolean isOpened : new boolean[] {false, true}) {
      ChatResponse whole = read(isOpened, List.of(text));

      assertThat(read(isOpened, text.codePoints().mapToObj(Character::toString).toList()))
          .isEqualTo(whole);
      for (int cut = 0; cut <= text.length(); cut++) {
        assertThat(read(isOpened, List.of(text.substring(0, cut), text.substring(cut))))
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void holdsNoMoreBackThanATagAndAFewBlanks() {
    String reasoning = "x</think".repeat(3) + " ".repeat(1_000) + "</thin";
    TaggedText text = new TaggedText(0, true);
    List<ChatEvent> told = new ArrayList<>();

    text.add(reasoning, told::add);

    assertThat(reasoning.length() - length(told)).isLessThanOrEqualTo(LONGEST_HELD);
  }

  @Test
  void holdsNothingBackOfOrdinaryText() {
    TaggedText text = new TaggedText(0, false);
    List<ChatEvent> told = new ArrayList<>();

    text.add("Hello, ", told::add);
    text.add("<think>", told::add);

    assertThat(told)
        .containsExactly(
            new ChatEvent.TextDelta(0, "Hello, "), new ChatEvent.TextDelta(0, "<think>"));
  }

  private static int length(List<ChatEvent> events) {
    ChatResponse.Builder response = ChatResponse.builder();
    events.forEach(response::add);
    String reasoning = response.build().choices().get(0).reasoning();
    return reasoning == null ? 0 : reasoning.length();
  }

  private static ChatResponse read(boolean isOpened, List<String> pieces) {
    TaggedText text = new TaggedText(0, isOpened);
    ChatResponse.Builder response = ChatResponse.builder();
    pieces.forEach(piece -> text.add(piece, response::add));
    text.flush(response::add);
    return response.build();
  }
}
