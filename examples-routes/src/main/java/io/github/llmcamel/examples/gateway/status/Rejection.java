/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why the gateway itself turned a request away. */
public enum Rejection {
  /** No key, an unknown one, or a caller from elsewhere where there are no keys. */
  @JsonProperty("authentication")
  AUTHENTICATION,
  /** The key had its requests of this minute. */
  @JsonProperty("rateLimit")
  RATE_LIMIT,
  /** As many requests wait as may. */
  @JsonProperty("queueFull")
  QUEUE_FULL,
  /** It waited as long as it may. */
  @JsonProperty("queueTimeout")
  QUEUE_TIMEOUT,
  /** The body is larger than allowed, as sent or inflated. */
  @JsonProperty("bodySize")
  BODY_SIZE
}
