/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

/** Who sees the status page and the metrics. */
public enum StatusAccess {
  /** Clients with a key, and clients on this machine. */
  PRIVATE,
  /** Everybody. */
  PUBLIC
}
