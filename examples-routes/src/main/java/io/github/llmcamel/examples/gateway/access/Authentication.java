/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

/** What an {@code Authorization} header comes to. */
public sealed interface Authentication {

  /** It is a key that is configured. */
  record Accepted(ApiKey key) implements Authentication {}

  /** It is none. */
  record Refused(Reason reason) implements Authentication {}

  /** Why a request has no key. */
  enum Reason {
    /** There is no header. */
    MISSING,
    /** It does not read {@code Bearer sk-<id>-<64 hexadecimal digits>}. */
    MALFORMED,
    /** Nobody has that key: the id or the rest is wrong, and nobody is told which. */
    UNKNOWN
  }
}
