/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  private static final URI URL = URI.create("http://localhost:1/v1");

  @ParameterizedTest
  @CsvSource({
    "no such key: k3y/of=mine+1==. Sorry,     no such key: ***. Sorry",
    "k3y/of=mine+1==,                         ***",
    "k3y/of=mine+1==k3y/of=mine+1==,          ******",
    "k3y/of=mine+1==k3y,                      ***k3y",
    "k3y\\/of=mine+1\\u003d\\u003D',          ***'",
    "\\u006b3y/of=mine+1==,                   ***",
    "cut in the key: k3y/of=m,                cut in the key: ***",
    "cut too early: k3y/of=,                  cut too early: k3y/of=",
    "K3Y/OF=MINE+1== k3y/of=mine k3y/of=mine+1=\\, K3Y/OF=MINE+1== k3y/of=mine k3y/of=mine+1=\\"
  })
  void masksTheKeyHoweverItIsWritten(String text, String masked) {
    assertThat(secrets("k3y/of=mine+1==", Map.of()).mask(text)).isEqualTo(masked);
  }

  @Test
  void masksCredentialsAmongTheHeaders() {
    Secrets secrets =
        secrets(
            "key-of-mine",
            Map.of(
                "Authorization", "Bearer token-of-mine",
                "x-api-key", "other-key",
                "Cookie", "sid=cookie-of-mine; a=b",
                "X-Team", "billing-department"));

    assertThat(
            secrets.mask(
                "key-of-mine Bearer token-of-mine, token-of-mine other-key"
                    + " sid=cookie-of-mine; a=b billing-department"))
        .isEqualTo("*** ***, *** *** *** billing-department");
  }

  @Test
  void leavesShortValuesSinceTheyAreWords() {
    assertThat(secrets("dummy", Map.of("Authorization", "Bearer none")).mask("a dummy, none"))
        .isEqualTo("a dummy, none");
  }

  @Test
  void aHeadHoldsNoSecret() {
    ReplyHead head =
        new ReplyHead(
            "acme",
            URL,
            401,
            Map.of("x-echo", List.of("a", "key-of-mine"), "x-request-id", List.of("key-of-mine")),
            secrets("key-of-mine", Map.of()));

    assertThat(head.headers()).containsEntry("x-echo", List.of("a", "***"));
    assertThat(head.requestId()).isEqualTo("***");
    assertThat(head.toString()).doesNotContain("key-of-mine");
  }

  private static Secrets secrets(String key, Map<String, String> headers) {
    return Secrets.of(
        new Destination(Providers.openAiCompatible("acme", null), URL, new Secret(key), headers));
  }
}
