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
 * Bounds the names of models on metric points, where each new name costs memory for good: the first
 * hundred are kept, all others become {@value #OTHER}. Thread-safe.
 *
 * <p>A name that was kept stays kept, one that was not may never be: ask once for a call and use
 * the answer for all of its points.
 */
final class ModelNames {

  static final int LIMIT = 100;
  static final int MAX_LENGTH = 200;
  static final String OTHER = "other";

  private static final Logger LOG = LoggerFactory.getLogger(ModelNames.class);

  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean reported = new AtomicBoolean();

  /** The name for metric points. */
  String fold(String name) {
    if (kept.contains(name)) {
      return name;
    }
    if (name.length() <= MAX_LENGTH && kept.size() < LIMIT) {
      kept.add(name);
      return name;
    }
    if (reported.compareAndSet(false, true)) {
      LOG.warn(
          "Metrics count some models as '{}', since there are more than {} or their names have more"
              + " than {} characters. Spans and log records name them.",
          OTHER,
          LIMIT,
          MAX_LENGTH);
    }
    return OTHER;
  }
}
