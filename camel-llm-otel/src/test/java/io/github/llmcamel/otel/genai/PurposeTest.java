/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurposeTest {

  @ParameterizedTest
  @CsvSource({
    "Generate a CONCISE title of 3 words, Title Generation",
    "Generate a concise summary, User Chat",
    "generate tags for this chat, Tag Generation",
    "Categorize this., Tag Generation",
    "Please tag the conversation, Tag Generation",
    "Generate a concise title and generate tags, Title Generation",
    "What is a good follow-up?, Suggestion Generation",
    "Suggest three questions, Suggestion Generation",
    "Suggest something, User Chat",
    "Hello, User Chat",
    "'', User Chat"
  })
  @DisplayName("57. The purpose is told by the last message")
  void isToldByTheLastMessage(String text, String purpose) {
    assertThat(Purpose.of(List.of(Message.user("generate tags"), Message.user(text))))
        .isEqualTo(purpose);
  }

  @Test
  void isASystemPromptWhereNobodyElseSpeaks() {
    assertThat(Purpose.of(List.of(Message.system("Be brief.")))).isEqualTo("System Prompt");
    assertThat(Purpose.of(List.of(Message.system("Be brief."), Message.user("Hi."))))
        .isEqualTo("User Chat");
  }

  @Test
  void isAChatWhereNothingIsSaidInWords() {
    assertThat(Purpose.of(List.of())).isEqualTo("User Chat");
    for (Part part :
        List.of(
            new Part.Other("image_url", Map.of()),
            Part.Media.of("image/png", new byte[1], "generate tags.png"))) {
      assertThat(Purpose.of(List.of(new Message.User(List.of(part), null)))).isEqualTo("User Chat");
    }
  }

  @Test
  void looksAtTheBeginningOfALongMessageOnly() {
    String words = "generate tags";
    assertThat(Purpose.of(asked(" ".repeat(Purpose.REACH - words.length()) + words)))
        .isEqualTo("Tag Generation");
    assertThat(Purpose.of(asked(" ".repeat(Purpose.REACH - words.length() + 1) + words)))
        .isEqualTo("User Chat");
  }

  private static List<Message> asked(String text) {
    return List.of(Message.user(text));
  }
}
