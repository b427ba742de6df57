/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

/**
 * How much a call may take and bring.
 *
 * @param maxConcurrentRequests how many calls to the same server may run at a time for this one to
 *     start; 0 is no limit
 * @param maxQueuedRequests how many may wait for that before this one; 0 and above
 * @param maxResponseBytes the largest answer, above zero
 */
public record CallLimits(
    Timeouts timeouts, int maxConcurrentRequests, int maxQueuedRequests, long maxResponseBytes) {

  public CallLimits {
    if (maxConcurrentRequests < 0 || maxQueuedRequests < 0 || maxResponseBytes <= 0) {
      throw new IllegalArgumentException(
          "maxConcurrentRequests and maxQueuedRequests must be 0 or above, maxResponseBytes above"
              + " 0.");
    }
  }
}
