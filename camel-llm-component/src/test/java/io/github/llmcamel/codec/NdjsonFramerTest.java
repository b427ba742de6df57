/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonFramerTest {

  private static final int MAX_OBJECT_BYTES = 1_000_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"b\":2}\n",
        "{\"a\":1}\r\n{\"b\":2}\r\n",
        "{\"a\":1}\r{\"b\":2}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} \t {\"b\":2}\n",
        "\n\n{\"a\":1}\n\r\n\n{\"b\":2}\n\n",
        "[{\"a\":1},{\"b\":2}]",
        "[{\"a\":1}\r\n,\r\n{\"b\":2}\r\n]\r\n"
      })
  void takesObjectsApartWhateverStandsBetween(String body) throws LlmException {
    assertThat(frames(body)).containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  @Test
  void splitsAnObjectAcrossSlices() throws LlmException {
    assertThat(frames("{\"a", "\":{\"b\":[1,", "2]}", "}", "{}"))
        .containsExactly("{\"a\":{\"b\":[1,2]}}", "{}");
  }

  @Test
  void handsOverAnObjectWithItsLastBrace() throws LlmException {
    List<String> read = new ArrayList<>();
    NdjsonFramer framer = new NdjsonFramer(Replies.head(200), MAX_OBJECT_BYTES);

    framer.feed(utf8("{\"a\":1"), frame -> read.add(frame.text()));
    assertThat(read).isEmpty();
    framer.feed(utf8("}"), frame -> read.add(frame.text()));
    assertThat(read).containsExactly("{\"a\":1}");
  }

  @Test
  void findsNoEndInsideAString() throws LlmException {
    String object = "{\"a}\":\"{[\\\"}\\\\\",\"b\":\"]}\"}";

    assertThat(frames(object + object)).containsExactly(object, object);
    assertThat(frames(object.split("(?<=.)"))).containsExactly(object);
  }

  @Test
  void keepsAnObjectThatSpansLinesInOnePiece() throws LlmException {
    assertThat(frames("{\n  \"a\": 1\n}\n")).containsExactly("{\n  \"a\": 1\n}");
  }

  @Test
  void keepsOtherLineSeparatorsAndSplitCharactersInText() throws LlmException {
    String object = "{\"a\":\"x\u2028y\u0085z \uD83D\uDE42\"}";
    byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
    ByteBuffer[] slices =
        Slices.byteByByte(bytes).stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);

    assertThat(frames(MAX_OBJECT_BYTES, slices)).containsExactly(object);
  }

  @Test
  void handsOverTextBetweenObjectsByLines() throws LlmException {
    assertThat(frames("{\"a\":1}\nupstream {\"error\n", "{\"b\":2}"))
        .containsExactly("{\"a\":1}", "upstream {\"error\n", "{\"b\":2}");
  }

  @Test
  void dropsWhatIsCutAtTheEnd() throws LlmException {
    assertThat(frames("{\"a\":1}{\"b\":\"}")).containsExactly("{\"a\":1}");
    assertThat(frames("{\"a\":1}\nupstream")).containsExactly("{\"a\":1}");
    assertThat(frames("")).isEmpty();
  }

  @Test
  void refusesAnObjectAboveTheLimitAndNamesIt() {
    assertThatThrownBy(() -> frames(1_000, utf8("{\"a\":\"" + "a".repeat(1_000))))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessage("acme answered 200 with an object of more than 1,000 bytes, the limit.");
  }

  @Test
  void countsEveryObjectAnew() throws LlmException {
    assertThat(frames(9, utf8("{\"a\":123}{\"a\":456}"))).hasSize(2);
  }

  private static List<String> frames(String... slices) throws LlmException {
    ByteBuffer[] buffers = new ByteBuffer[slices.length];
    for (int i = 0; i < slices.length; i++) {
      buffers[i] = utf8(slices[i]);
    }
    return frames(MAX_OBJECT_BYTES, buffers);
  }

  private static List<String> frames(int maxObjectBytes, ByteBuffer... slices) throws LlmException {
    List<String> read = new ArrayList<>();
    NdjsonFramer framer = new NdjsonFramer(Replies.head(200), maxObjectBytes);
    for (ByteBuffer slice : slices) {
      framer.feed(slice, frame -> read.add(frame.text()));
      assertThat(slice.hasRemaining()).isFalse();
    }
    framer.end(frame -> read.add(frame.text()));
    return read;
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
