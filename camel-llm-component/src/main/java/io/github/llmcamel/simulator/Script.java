/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What will happen on the wire for one call, decided before anything is sent.
 *
 * @param headers by lower-case name
 * @param headDelay until the head and the first tick; zero or more
 * @param frameInterval between two ticks; zero for all of them at once
 * @param body without frames there is no head either
 */
record Script(
    int status,
    Map<String, List<String>> headers,
    Duration headDelay,
    Duration frameInterval,
    Body body,
    Ending ending) {

  /** What follows the last frame. */
  enum Ending {
    /** The reply is over. */
    COMPLETE,
    /** The connection breaks. */
    RESET,
    /** Nothing, until the call is cancelled. */
    SILENCE
  }

  /** A body that comes at once, in one frame. */
  static Script whole(
      int status, Map<String, List<String>> headers, Duration headDelay, byte[] bytes) {
    return new Script(
        status, headers, headDelay, Duration.ZERO, new SingleFrame(bytes), Ending.COMPLETE);
  }

  /** This script with one more header. */
  Script with(String header, String value) {
    Map<String, List<String>> more = new HashMap<>(headers);
    more.put(header, List.of(value));
    return new Script(status, more, headDelay, frameInterval, body, ending);
  }

  /** This script up to a frame, and then another ending. */
  Script cut(int frames, Ending other) {
    return new Script(
        status, headers, headDelay, frameInterval, new Beginning(body, frames), other);
  }

  int frames() {
    return body.frames();
  }

  byte[] frame(int index) {
    return body.frame(index);
  }

  int tickOf(int frame) {
    return body.tickOf(frame);
  }

  /** How many ticks it takes until every frame is due, at least one. */
  int ticks() {
    return frames() == 0 ? 1 : tickOf(frames() - 1) + 1;
  }

  /** Frames, each due at a tick. Frames are written only when somebody takes them. */
  interface Body {
    int frames();

    byte[] frame(int index);

    /** From 0; never falls from one frame to the next. */
    int tickOf(int frame);
  }

  private record SingleFrame(byte[] bytes) implements Body {
    @Override
    public int frames() {
      return 1;
    }

    @Override
    public byte[] frame(int index) {
      return bytes;
    }

    @Override
    public int tickOf(int frame) {
      return 0;
    }
  }

  private record Beginning(Body body, int frames) implements Body {
    @Override
    public byte[] frame(int index) {
      return body.frame(index);
    }

    @Override
    public int tickOf(int frame) {
      return body.tickOf(frame);
    }
  }
}
