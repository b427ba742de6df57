/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made. Those of equal settings serve the same calls.
 *
 * @param tls whom to trust, and which certificate to show; null is the JVM's trust store and none
 * @param proxy null connects directly
 */
public record HttpSettings(
    @Nullable SSLContext tls, @Nullable HttpProxy proxy, ProtocolVersion version) {

  /** Direct, trusting whom the JVM trusts. */
  public static final HttpSettings DEFAULT = new HttpSettings(null, null, ProtocolVersion.AUTO);

  /** Which HTTP is spoken. */
  public enum ProtocolVersion {
    /** HTTP/2 where the server offers it over TLS, else HTTP/1.1. */
    AUTO,
    /** HTTP/1.1, whatever the server offers. */
    HTTP_1_1
  }
}
