/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Reads the key and trust stores of each bean once, so that its endpoints share connections. */
final class TlsContexts {

  private final Map<SSLContextParameters, SSLContext> read = new HashMap<>();

  /**
   * What a bean describes.
   *
   * @throws IllegalArgumentException if a store cannot be read; names the option
   */
  synchronized SSLContext of(SSLContextParameters parameters, CamelContext context) {
    SSLContext known = read.get(parameters);
    if (known != null) {
      return known;
    }
    try {
      SSLContext created = parameters.createSSLContext(context);
      read.put(parameters, created);
      return created;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "sslContextParameters cannot be used: %s. Check its stores and their passwords."
              .formatted(e.getMessage()),
          e);
    }
  }
}
