/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The texts of a stream, and when each of them came. Thread-safe. */
final class Deltas {

  private final List<Instant> times = new CopyOnWriteArrayList<>();

  void add(String text) {
    if (!text.isEmpty()) {
      times.add(Instant.now());
    }
  }

  int count() {
    return times.size();
  }

  void assertCameOverTime() {
    assertThat(times).hasSizeGreaterThan(10);
    assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
        .isGreaterThan(Duration.ofSeconds(1));
  }
}
