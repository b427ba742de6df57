/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

/** Whether a provider can be called without a key. */
public enum KeyPolicy {
  /** The provider's own service refuses a call without a key. */
  REQUIRED,
  /** A server that usually runs without one; a key is sent if there is one. */
  OPTIONAL
}
