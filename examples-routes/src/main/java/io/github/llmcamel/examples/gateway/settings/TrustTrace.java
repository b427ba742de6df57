/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

/** Whose trace context a request continues; that of others becomes a link. */
public enum TrustTrace {
  /** That of clients with a key, and of clients on this machine. */
  AUTHENTICATED,
  /** Everybody's. */
  ALWAYS,
  /** Nobody's. */
  NEVER
}
