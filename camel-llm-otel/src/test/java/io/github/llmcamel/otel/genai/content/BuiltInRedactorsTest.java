/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInRedactorsTest {

  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

  @Test
  void areOffByDefaultAndFoundByName() {
    assertThat(BuiltInRedactors.of("option", null)).isEmpty();
    assertThat(BuiltInRedactors.of("option", "Keys, emails")).hasSize(2);
    assertThatThrownBy(() -> BuiltInRedactors.of("camel.llm-otel.redact", "keys,phones"))
        .hasMessage("camel.llm-otel.redact has 'phones'; use some of keys, emails");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-abcdefghijklmnop1234",
        "sk-ant-api03-abcdefghij_klmnop-1234",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdefghijklmnopqrst1234",
        "github_pat_11ABCDEFG0abcdefghijkl_mnop",
        "glpat-abcdefghijklmnop1234",
        "gsk_abcdefghijklmnopqrst1234",
        "hf_abcdefghijklmnopqrstuvwx",
        "xoxb-1234567890-abcdef",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "dt0c01.ABCDEFGHIJKLMNOPQRSTUVWX.ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        JWT
      })
  void replaceKeysByTheirForm(String key) {
    assertThat(keys("Use " + key + ", please.")).isEqualTo("Use [redacted key], please.");
    assertThat(keys("{\"note\":\"line\\n" + key + "\"}"))
        .isEqualTo("{\"note\":\"line\\n[redacted key]\"}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Authorization: Bearer 0123456789abcdef0123, Authorization: Bearer [redacted key]",
        "api_key=a8f3kd92mx0q7wzp51vb, api_key=[redacted key]",
        "{\"apiKey\":\"a8f3kd92mx0q7wzp51vb\"}, {\"apiKey\":\"[redacted key]\"}",
        "{\"password\":\"\\na8f3kd92mx0q7wzp51vb\"}, {\"password\":\"\\n[redacted key]\"}",
        "The token for prod is a8f3kd92mx0q7wzp51vb==., The token for prod is [redacted key].",
      })
  void replaceRandomTokensBehindAWordThatNamesThem(String text, String redacted) {
    assertThat(keys(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The bearer internationalization-of-everything.",
        "A task-oriented-and-very-long-word.",
        "The token limit is 1000000000000000000 at most.",
        "My secret: Donaudampfschifffahrtsgesellschaft",
        "sk-short",
        "Commit a8f3kd92mx0q7wzp51vb is fine."
      })
  void leaveOrdinaryTextAlone(String text) {
    assertThat(keys(text)).isEqualTo(text);
  }

  @Test
  void replacePrivateKeys() {
    assertThat(
            keys(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIE\n"
                    + "-----END RSA PRIVATE KEY-----\nEnd."))
        .isEqualTo("[redacted key]\nEnd.");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Ask bob.smith+x@mail.example.com., Ask [redacted e-mail].",
        "<jürgen@müller.example>, <[redacted e-mail]>",
        "a@b.example and c@d.example, [redacted e-mail] and [redacted e-mail]",
        "{\"to\":\"Hi\\nbob@x.example\"}, {\"to\":\"Hi\\n[redacted e-mail]\"}",
        "{\"to\":\"\\u000bbob@x.example\"}, {\"to\":\"\\u000b[redacted e-mail]\"}",
        "me @ home or a@b or @name.of.it, me @ home or a@b or @name.of.it",
        "x@y@z.example, x@[redacted e-mail]"
      })
  void replaceAddresses(String text, String redacted) {
    assertThat(emails(text)).isEqualTo(redacted);
  }

  @Test
  void leaveMediaAlone() {
    assertThat(new KeyRedactor().redact(ContentKind.MEDIA, "sk-abcdefghijklmnop1234"))
        .isEqualTo("sk-abcdefghijklmnop1234");
    assertThat(new EmailRedactor().redact(ContentKind.MEDIA, "bob@x.example"))
        .isEqualTo("bob@x.example");
  }

  /** Each of these made a regular expression with nested repetition run for minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a@",
        "a.",
        "@",
        "eyJ-",
        "eyJ",
        "sk-",
        "a@a.",
        "-----BEGIN PRIVATE KEY-----",
        "token ",
        "bearer ",
        "bearer+"
      })
  void takeNoLongTimeForAnyText(String piece) {
    String text = piece.repeat(200_000 / piece.length());
    for (ContentRedactor redactor : BuiltInRedactors.of("option", "keys,emails")) {
      assertThat(
              Assertions.assertTimeoutPreemptively(
                  Duration.ofSeconds(10), () -> redactor.redact(ContentKind.USER_TEXT, text)))
          .isNotNull();
    }
  }

  private static String keys(String text) {
    return redact("keys", text);
  }

  private static String emails(String text) {
    return redact("emails", text);
  }

  private static String redact(String name, String text) {
    List<ContentRedactor> redactors = BuiltInRedactors.of("option", name);
    return Objects.requireNonNull(redactors.get(0).redact(ContentKind.USER_TEXT, text));
  }
}
