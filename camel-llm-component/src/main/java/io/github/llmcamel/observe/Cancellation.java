/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

/** Why a call was ended from our side. */
public enum Cancellation {
  /** Whoever reads the answer wants no more of it. */
  CLOSED_BY_CONSUMER,
  /** Whoever reads the answer has stopped taking it, for longer than {@code consumerTimeout}. */
  ABANDONED,
  /** The Camel context, or the component, is stopping. */
  STOPPED
}
