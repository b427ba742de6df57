/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SseFramerTest {

  private static final ReplyHead HEAD =
      new ReplyHead("acme", URI.create("http://localhost:1/v1"), 200, Map.of(), Secrets.NONE);

  private static final int MAX_EVENT_BYTES = 1_000_000;

  private record Read(String event, String data) {}

  @Test
  void dispatchesAnEventAtABlankLine() throws LlmException {
    assertThat(frames("data: a\n\ndata: b\n\n")).containsExactly(data("a"), data("b"));
  }

  @Test
  void splitsAnEventAcrossTwoSlices() throws LlmException {
    assertThat(frames("da", "ta: a", "b\n", "\n")).containsExactly(data("ab"));
  }

  @Test
  void endsLinesAtLineFeedCarriageReturnOrBoth() throws LlmException {
    assertThat(frames("data: a\r\n\r\ndata: b\r\rdata: c\n\n"))
        .containsExactly(data("a"), data("b"), data("c"));
  }

  @Test
  void takesCarriageReturnAndLineFeedInTwoSlicesForOneLineEnd() throws LlmException {
    assertThat(frames("data: a\r", "\ndata: b\r", "\n\r", "\n")).containsExactly(data("a\nb"));
  }

  @Test
  void takesACarriageReturnAtTheEndOfASliceForALineEnd() throws LlmException {
    assertThat(frames("data: a\r", "data: b\r", "\r")).containsExactly(data("a\nb"));
  }

  @Test
  void keepsOtherUnicodeLineSeparatorsInTheData() throws LlmException {
    String separators = "a\u2028b\u2029c\u0085d\u000be\u000cf";

    assertThat(frames("data: " + separators + "\n\n")).containsExactly(data(separators));
  }

  @Test
  void joinsCharactersThatAreCutBetweenSlices() throws LlmException {
    byte[] bytes = "data: ü€👋\n\n".getBytes(StandardCharsets.UTF_8);

    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(
              frames(
                  MAX_EVENT_BYTES,
                  ByteBuffer.wrap(bytes, 0, cut),
                  ByteBuffer.wrap(bytes, cut, bytes.length - cut)))
          .containsExactly(data("ü€👋"));
    }
  }

  @Test
  void replacesMalformedBytes() throws LlmException {
    byte[] bytes = {'d', 'a', 't', 'a', ':', 'x', (byte) 0xFF, 'y', '\n', '\n'};

    assertThat(frames(100, ByteBuffer.wrap(bytes))).containsExactly(data("x\uFFFDy"));
  }

  @Test
  void reachesIntoDirectBuffers() throws LlmException {
    ByteBuffer direct = ByteBuffer.allocateDirect(20);
    direct.put("data: a\n\n".getBytes(StandardCharsets.UTF_8)).flip();

    assertThat(frames(100, direct)).containsExactly(data("a"));
  }

  @Test
  void dropsOneByteOrderMarkAtTheStart() throws LlmException {
    assertThat(frames("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n"))
        .containsExactly(data("a"), data("c"));
  }

  @Test
  void dropsAByteOrderMarkOnALineOfItsOwn() throws LlmException {
    assertThat(frames("\uFEFF\ndata: a\n\n")).containsExactly(data("a"));
  }

  @Test
  void removesOneSpaceAfterTheColon() throws LlmException {
    assertThat(frames("data:a\n\ndata: a\n\ndata:  a\n\n"))
        .containsExactly(data("a"), data("a"), data(" a"));
  }

  @Test
  void joinsSeveralDataLinesWithALineFeed() throws LlmException {
    assertThat(frames("data: a\ndata: b\n\n")).containsExactly(data("a\nb"));
  }

  @Test
  void ignoresCommentsIdsRetryTimesAndUnknownFields() throws LlmException {
    assertThat(frames(": warm-up\n\n:\n\nid: 7\nretry: 100\nnews: x\nnews\ndata: a\n\n: x\n"))
        .containsExactly(data("a"));
  }

  @Test
  void takesALastJsonTextThatIsNoField() throws LlmException {
    assertThat(frames("data: a\n\n{\n  \"error\": {\r\n    \"code\": 503\n  }\n}\n"))
        .containsExactly(data("a"), data("{  \"error\": {    \"code\": 503  }}"));
    assertThat(frames("data: a\n\n[{\"error\"", ":\n1}\n", "]"))
        .containsExactly(data("a"), data("[{\"error\":1}]"));
  }

  @Test
  void readsTheFieldsAfterAJsonTextThatIsNone() throws LlmException {
    assertThat(frames("{\"a\":\n\ndata: a\n\n: x\n")).containsExactly(data("a"));
  }

  @Test
  void dropsEventsWithoutData() throws LlmException {
    assertThat(frames("data\n\ndata:\n\nevent: ping\n\n\n\ndata: a\n\n"))
        .containsExactly(data("a"));
  }

  @Test
  void namesAnEventOnceAndForItsOwnDataOnly() throws LlmException {
    assertThat(frames("event: news\ndata: a\n\ndata: b\n\nevent: ping\n\ndata: c\n\n"))
        .containsExactly(new Read("news", "a"), data("b"), data("c"));
  }

  @Test
  void takesAnErrorFieldForAnEventOfThatName() throws LlmException {
    assertThat(frames("error: {\"code\":500}\n\n"))
        .containsExactly(new Read("error", "{\"code\":500}"));
  }

  @Test
  void dispatchesALastEventWithoutItsBlankLineIfItIsWhole() throws LlmException {
    assertThat(frames("data: {\"a\":1}")).containsExactly(data("{\"a\":1}"));
    assertThat(frames("data: {\"a\":1}\n")).containsExactly(data("{\"a\":1}"));
    assertThat(frames("data: {\"a\":\ndata: 1}")).containsExactly(data("{\"a\":\n1}"));
    assertThat(frames("data: [DONE] ")).containsExactly(data("[DONE] "));
  }

  @Test
  void dropsALastEventThatIsCut() throws LlmException {
    assertThat(frames("data: {\"a\":1")).isEmpty();
    assertThat(frames("data: {\"a\":1}\ndata: {\"b")).isEmpty();
    assertThat(frames("data: [DO")).isEmpty();
    assertThat(frames("dat")).isEmpty();
    assertThat(frames("")).isEmpty();
  }

  @Test
  void refusesAnEventAboveTheLimitAndNamesIt() {
    assertThatThrownBy(() -> frames(1_000, utf8("data: " + "a".repeat(1_000) + "\n\n")))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessage("acme answered 200 with an event of more than 1,000 bytes, the limit.");
  }

  @Test
  void countsAllLinesOfAnEventAndUnfinishedOnesToo() {
    assertThatThrownBy(() -> frames(10, utf8("data: 12345\n"), utf8("data: 1")))
        .isInstanceOf(LlmProtocolException.class);
    assertThatThrownBy(() -> frames(10, utf8(": a comment that never ends")))
        .isInstanceOf(LlmProtocolException.class);
  }

  @Test
  void countsEveryEventAnew() throws LlmException {
    assertThat(frames(16, utf8("data: 12345\n\ndata: 12345\n\n")))
        .containsExactly(data("12345"), data("12345"));
  }

  private static List<Read> frames(String... slices) throws LlmException {
    ByteBuffer[] buffers = new ByteBuffer[slices.length];
    for (int i = 0; i < slices.length; i++) {
      buffers[i] = utf8(slices[i]);
    }
    return frames(MAX_EVENT_BYTES, buffers);
  }

  private static List<Read> frames(int maxEventBytes, ByteBuffer... slices) throws LlmException {
    List<Read> read = new ArrayList<>();
    SseFramer framer = new SseFramer(HEAD, maxEventBytes);
    for (ByteBuffer slice : slices) {
      framer.feed(slice, frame -> read.add(new Read(frame.event(), frame.text())));
      assertThat(slice.hasRemaining()).isFalse();
    }
    framer.end(frame -> read.add(new Read(frame.event(), frame.text())));
    return read;
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Read data(String data) {
    return new Read("", data);
  }
}
