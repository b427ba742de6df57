/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.time.Duration;

/**
 * What the gateway takes on at most.
 *
 * @param maxBodyBytes of a request, after it is unpacked; 1 to 1 GiB
 * @param maxConcurrentRequests that are answered at a time; 1 and above
 * @param maxQueuedRequests that wait for their turn; 0 and above
 * @param queueTimeout how long a request waits for its turn; above 0
 * @param receiveTimeout how long a request may take to arrive, from its first byte; above 0
 * @param clientIdleTimeout how long a client may take or send nothing; above 0
 * @param keepAlive how long an answer that has begun is silent before a comment is sent; 1 s to 5
 *     min
 * @param drainTimeout how long open answers may go on while the gateway stops; above 0
 */
public record Limits(
    int maxBodyBytes,
    int maxConcurrentRequests,
    int maxQueuedRequests,
    Duration queueTimeout,
    Duration receiveTimeout,
    Duration clientIdleTimeout,
    Duration keepAlive,
    Duration drainTimeout) {

  /** Those of a gateway that is told none. */
  public static final Limits DEFAULTS =
      new Limits(
          16 * 1024 * 1024,
          256,
          512,
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  /**
   * How long an answer that has begun is really silent before a comment is sent: {@link
   * #keepAlive}, but at most half of {@link #clientIdleTimeout}. A comment that leaves just when
   * that time is over would be taken for one that the client does not take.
   */
  public Duration longestSilence() {
    Duration half = clientIdleTimeout.dividedBy(2);
    return keepAlive.compareTo(half) < 0 ? keepAlive : half;
  }
}
