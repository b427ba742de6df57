/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What will happen on the wire for one call, decided before anything is sent.
 *
 * @param headers by lower-case name
 * @param headDelay until the head and the first tick; zero or more
 * @param frameInterval between two ticks; zero for all of them at once
 */
record Script(
    int status,
    Map<String, List<String>> headers,
    Duration headDelay,
    Duration frameInterval,
    Body body) {

  /** A body that comes at once, in one frame. */
  static Script whole(
      int status, Map<String, List<String>> headers, Duration headDelay, byte[] bytes) {
    return new Script(status, headers, headDelay, Duration.ZERO, new SingleFrame(bytes));
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
    return body.tickOf(body.frames() - 1) + 1;
  }

  /** Frames, each due at a tick. Frames are written only when somebody takes them. */
  interface Body {
    /** At least one. */
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
}
