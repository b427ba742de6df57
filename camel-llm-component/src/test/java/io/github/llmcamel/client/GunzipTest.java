/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {

  private static final String TEXT = "data: {\"text\":\"grüß dich\"}\n\n".repeat(100);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 100_000})
  void readsSlicesOfAnySize(int size) throws Exception {
    assertThat(read(gzip(TEXT), size)).isEqualTo(TEXT);
  }

  @Test
  void readsOneMemberAfterTheOther() throws Exception {
    byte[] first = gzip("one");
    byte[] second = gzip("two");
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(read(both, 5)).isEqualTo("onetwo");
  }

  /** With everything a header can have: extra field, name, comment, checksum. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void skipsWhatAHeaderMayHold(int size) throws Exception {
    byte[] plain = gzip("text");
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 0});
    full.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
    full.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
    full.writeBytes(new byte[] {1, 2});
    full.write(plain, 10, plain.length - 10);

    assertThat(read(full.toByteArray(), size)).isEqualTo("text");
  }

  @Test
  void piecesAreLimitedHoweverMuchComesOut() throws Exception {
    byte[] bomb = gzip("x".repeat(10_000_000));
    AtomicInteger largest = new AtomicInteger();

    try (Gunzip gunzip = new Gunzip()) {
      gunzip.feed(
          ByteBuffer.wrap(bomb), piece -> largest.accumulateAndGet(piece.remaining(), Math::max));
      assertThat(gunzip.isComplete()).isTrue();
    }
    assertThat(bomb).hasSizeLessThan(20_000);
    assertThat(largest).hasValueLessThanOrEqualTo(16 * 1024);
  }

  @Test
  void tellsWhetherTheEndHasCome() throws Exception {
    byte[] whole = gzip(TEXT);
    try (Gunzip gunzip = new Gunzip()) {
      gunzip.feed(ByteBuffer.wrap(whole, 0, whole.length - 12), piece -> {});
      assertThat(gunzip.isComplete()).isFalse();
    }
  }

  @Test
  void refusesWhatIsNoGzip() {
    assertThatThrownBy(() -> read("{\"choices\":[]}".getBytes(StandardCharsets.UTF_8), 4))
        .isInstanceOf(DataFormatException.class);
  }

  private static String read(byte[] bytes, int size) throws DataFormatException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Gunzip gunzip = new Gunzip()) {
      for (int at = 0; at < bytes.length; at += size) {
        gunzip.feed(
            ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)),
            piece -> {
              byte[] copy = new byte[piece.remaining()];
              piece.get(copy);
              out.writeBytes(copy);
            });
      }
      assertThat(gunzip.isComplete()).isTrue();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return compressed.toByteArray();
  }
}
