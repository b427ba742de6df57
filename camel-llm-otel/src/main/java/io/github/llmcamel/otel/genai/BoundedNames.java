/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the names of one kind on metric points, where each new name costs memory for good: the
 * first ones are kept, all others become {@value #OTHER}. Thread-safe.
 *
 * <p>A name that was kept stays kept, one that was not may never be: ask once for a call and use
 * the answer for all of its points.
 */
final class BoundedNames {

  static final int MAX_LENGTH = 200;
  static final String OTHER = "other";

  private static final Logger LOG = LoggerFactory.getLogger(BoundedNames.class);

  private final String kind;
  private final int limit;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean reported = new AtomicBoolean();

  /**
   * @param kind what is named, in the plural
   * @param limit how many names are kept
   */
  BoundedNames(String kind, int limit) {
    this.kind = kind;
    this.limit = limit;
  }

  /** The name for metric points. */
  String fold(String name) {
    if (kept.contains(name)) {
      return name;
    }
    if (name.length() <= MAX_LENGTH && hasRoom()) {
      kept.add(name);
      return name;
    }
    if (reported.compareAndSet(false, true)) {
      LOG.warn(
          "Metrics count some {} as '{}', since there are more than {} or their names have more"
              + " than {} characters. Spans and log records name them; {} sets how many metrics do.",
          kind,
          OTHER,
          limit,
          MAX_LENGTH,
          TelemetrySettings.NAME_LIMIT);
    }
    return OTHER;
  }

  private boolean hasRoom() {
    return kept.size() < limit;
  }
}
