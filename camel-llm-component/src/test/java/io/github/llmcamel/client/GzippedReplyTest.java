/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.CallTexts;
import io.github.llmcamel.codec.ReasoningTags;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzippedReplyTest {

  /** The JDK's decompressor holds memory outside the heap. */
  @Test
  void closingFreesTheDecompressorWhereverTheReplyStands() throws Exception {
    byte[] bytes = gzip("x".repeat(100_000));
    ReplyReader reply = ReplyReader.ofError(facts());
    reply.accept(ByteBuffer.wrap(bytes, 0, bytes.length / 2));

    reply.close();

    assertThatThrownBy(
            () -> reply.accept(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length / 2)))
        .hasMessageContaining("closed");
  }

  private static FailureFacts facts() {
    Destination destination =
        new Destination(
            Providers.find("vllm").orElseThrow(), URI.create("http://h:8000/v1"), null, Map.of());
    return FailureFacts.of(destination)
        .with(500, Map.of("content-encoding", List.of("gzip")), CallTexts.NONE, ReasoningTags.KEPT);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return compressed.toByteArray();
  }
}
