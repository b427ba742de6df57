/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TranscriptTest {

  private static final Pattern KEY_OR_ADDRESS =
      Pattern.compile(
          "\\b(sk|gsk|xai|hf|nvapi|pplx)[-_][A-Za-z0-9_-]{8,}"
              + "|\\bAIza[A-Za-z0-9_-]{20,}"
              + "|(?i:bearer|api-key:|x-api-key:) +[^<\\s]"
              + "|[\\w.+-]+@[\\w-]+\\.[a-z]{2,}");

  @Test
  void holdsNoKeysAndNoMailAddresses() throws IOException {
    assertThat(Transcript.files()).hasSizeGreaterThan(50);
    for (Path file : Transcript.files()) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContainPattern(KEY_OR_ADDRESS);
    }
  }

  @Test
  void knowsAKeyWhenItSeesOne() {
    assertThat("Authorization: Bearer abc").containsPattern(KEY_OR_ADDRESS);
    assertThat("{\"message\":\"sk-1234567890\"}").containsPattern(KEY_OR_ADDRESS);
    assertThat("mail me@example.org now").containsPattern(KEY_OR_ADDRESS);
    assertThat("Authorization: Bearer <key>").doesNotContainPattern(KEY_OR_ADDRESS);
  }

  @Test
  void saysOfEveryTranscriptWhereItComesFrom() {
    assertThat(Transcript.files())
        .filteredOn(file -> file.endsWith("reply.http"))
        .allSatisfy(file -> assertThat(file.resolveSibling("source.md")).isNotEmptyFile());
  }
}
