/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests to a provider called acme. */
final class Requests {

  private Requests() {}

  /** The protocol is the codec's that is called: this one says nothing. */
  static Destination to(String base, Quirk... quirks) {
    Provider acme = Provider.builder("acme").quirks(quirks).build();
    return new Destination(acme, URI.create(base), null, Map.of());
  }

  /** With single quotes, so that tests stay readable. */
  static String body(WireRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }
}
