/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static io.github.llmcamel.codec.Replies.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for both framings, whatever the bytes. */
class FramerPropertiesTest {

  private static final String SEED = "20261122";
  private static final String MARKS = "data: {}[]\"\\\r\n:event\u00e9";

  @Property(seed = SEED)
  void noFrameIsLongerThanTheLimit(
      @ForAll Framing framing, @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int limit) {
    for (String frame : frames(framing, bytes(new Random(seed)), limit, seed)) {
      assertThat(frame.length()).isLessThanOrEqualTo(limit);
    }
  }

  @Property(seed = SEED)
  void whatIsTooLongIsRefusedWhereverItIsCut(
      @ForAll Framing framing, @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int limit) {
    byte[] bytes = bytes(new Random(seed));

    assertThat(frames(framing, bytes, limit, seed))
        .isEqualTo(frames(framing, bytes, limit, seed + 1));
  }

  @Property(seed = SEED)
  void nothingIsKeptBeyondTheLimit(
      @ForAll Framing framing, @ForAll @IntRange(min = 1, max = 64) int limit) {
    byte[] start = {'{', '"'};
    List<String> frames = new ArrayList<>();
    Framer framer = framer(framing, limit);
    int fed = 0;
    try {
      for (; fed <= limit; fed++) {
        byte next = fed < start.length ? start[fed] : (byte) 'x';
        framer.feed(ByteBuffer.wrap(new byte[] {next}), frame -> frames.add(text(frame)));
      }
    } catch (LlmException tooLong) {
      assertThat(tooLong).isInstanceOf(LlmProtocolException.class).hasMessageContaining("limit");
    }

    assertThat(fed).as("bytes without an end that are taken").isEqualTo(limit);
    assertThat(frames).isEmpty();
  }

  private static Framer framer(Framing framing, int limit) {
    byte first = (byte) (framing == Framing.JSON_LINES ? '{' : 'd');
    return Objects.requireNonNull(framing.newFramer(head(200), first, limit));
  }

  /** The frames of the bytes, cut at random; a mark where they are refused. */
  private static List<String> frames(Framing framing, byte[] bytes, int limit, long seed) {
    List<String> frames = new ArrayList<>();
    Framer framer = framer(framing, limit);
    Random random = new Random(seed);
    try {
      for (byte[] slice : Slices.atRandom(bytes, random.nextInt())) {
        framer.feed(ByteBuffer.wrap(slice), frame -> frames.add(text(frame)));
      }
      framer.end(frame -> frames.add(text(frame)));
    } catch (LlmException refused) {
      frames.add("!");
    }
    return frames;
  }

  /** A character for each byte. */
  private static String text(Frame frame) {
    return new String(frame.data(), 0, frame.length(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(2_000)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
    }
    return bytes;
  }
}
