/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects a body up to a limit. Mutable, confined to one call. */
final class BoundedBody {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long limit;

  BoundedBody(long limit) {
    this.limit = limit;
  }

  /** Adds what fits; false if something did not. */
  boolean add(ByteBuffer slice) {
    int room = (int) Math.min(slice.remaining(), limit - bytes.size());
    byte[] copy = new byte[room];
    slice.get(copy);
    bytes.writeBytes(copy);
    return !slice.hasRemaining();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
