/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import org.junit.jupiter.api.Test;

class BodyJsonTest {

  private final BodyMemory memory = new BodyMemory(6 * BodyJson.BYTES_PER_TOKEN);

  @Test
  void theTreeTakesItsShareOfTheMemory() throws RequestRefusedException {
    BodyMemory.Share share = memory.new Share();

    assertThat(BodyJson.read("{\"x\":[1]}", share).path("x")).hasSize(1);

    assertThat(share.take(1)).isFalse();
  }

  @Test
  void aTreeThatFindsNoMemoryIsRefused() {
    OpenAiError refusal = refusal("{\"x\":[{}]}", memory);

    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.code()).isEqualTo("busy");
  }

  @Test
  void aBodyOfTooManyTokensIsToldTheLimit() {
    assertTold("{\"x\":[" + "{},".repeat(BodyJson.MOST_TOKENS / 2) + "{}]}", "500000");
  }

  @Test
  void aBodyThatPassesALimitOfJsonIsToldIt() {
    assertTold("{\"x\":" + "[".repeat(200) + "]".repeat(200) + "}", "deeper than 200");
    assertTold("{\"x\":" + "1".repeat(1_001) + "}", "1000 digits");
    assertTold("{\"" + "x".repeat(50_001) + "\":1}", "50000 characters");
  }

  @Test
  void aLongTextIsRead() throws RequestRefusedException {
    int length = 21_000_000;

    assertThat(
            BodyJson.read("{\"x\":\"" + "a".repeat(length) + "\"}", memory.new Share())
                .path("x")
                .textValue())
        .hasSize(length);
  }

  private static void assertTold(String text, String limit) {
    OpenAiError refusal = refusal(text, new BodyMemory(Long.MAX_VALUE));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.message()).contains(limit);
  }

  private static OpenAiError refusal(String text, BodyMemory memory) {
    return catchThrowableOfType(
            RequestRefusedException.class, () -> BodyJson.read(text, memory.new Share()))
        .error();
  }
}
