/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.vectors;

import java.time.Duration;

/** One thing that happens while a reply is read. */
public sealed interface Step {

  /** Bytes arrive. */
  record Bytes(byte[] bytes) implements Step {}

  /** Time passes until this long after the request was sent. */
  record At(Duration time) implements Step {}

  /** Time passes. */
  record After(Duration time) implements Step {}

  /** The body ends in order. */
  record End() implements Step {}

  /** The connection breaks. */
  record Reset() implements Step {}

  /** The consumer wants no more. */
  record Cancel() implements Step {}
}
