/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.provider.Destination;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for each provider and parameter that the parameter is not sent. */
final class DroppedParameters {

  private static final Logger LOG = LoggerFactory.getLogger(DroppedParameters.class);

  /** More pairs than a configuration has, fewer than names from messages can fill. */
  private static final int MAX_REPORTED = 1_000;

  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private DroppedParameters() {}

  static void report(WireRequest request, Destination destination) {
    for (String parameter : request.dropped()) {
      String provider = destination.provider().name();
      if (REPORTED.size() < MAX_REPORTED && REPORTED.add(provider + " " + parameter)) {
        LOG.warn(
            "{} does not have the parameter {}: calls go out without it, as lenientParameters=true"
                + " says. This is not logged again.",
            provider,
            parameter);
      }
    }
  }
}
