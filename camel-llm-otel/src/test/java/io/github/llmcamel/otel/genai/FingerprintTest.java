/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  @DisplayName("57. The fingerprint is made of what the user says")
  void isMadeOfAllThatTheUserSaysInAChat() {
    assertThat(
            Fingerprint.of(
                "User Chat",
                List.of(
                    Message.system("Be short."),
                    Message.user("Hi."),
                    Message.assistant("Hello."),
                    Message.user("And now?"))))
        .isEqualTo("d25483bab83e");
  }

  @Test
  void isMadeOfTheBeginningOfTheFirstMessageWhereNoUserSpeaks() {
    assertThat(of("Title Generation", "x".repeat(201))).isEqualTo("aa20c23e3201");
    assertThat(of("Title Generation", "🐫".repeat(201))).isEqualTo("a711002eff1a");
    assertThat(of("my own purpose", "Hi.")).isEqualTo("17f4444f3932");
  }

  @Test
  void isThatOfNothingWhereNobodySpeaksInWords() {
    String ofNothing = "e3b0c44298fc";
    assertThat(Fingerprint.of("User Chat", List.of())).isEqualTo(ofNothing);
    assertThat(Fingerprint.of("System Prompt", List.of(Message.system("Be short."))))
        .isEqualTo(ofNothing);
    assertThat(
            Fingerprint.of(
                "User Chat",
                List.of(
                    new Message.User(
                        List.of(Part.Media.of("image/png", new byte[1], null)), null))))
        .isEqualTo(ofNothing);
  }

  private static String of(String purpose, String text) {
    return Fingerprint.of(purpose, List.of(Message.user(text), Message.user("more")));
  }
}
