/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.HttpSettings.ProtocolVersion;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Reads the options that say how connections are made. */
final class HttpOptions {

  private final LlmConfiguration uri;
  private final LlmConfiguration component;
  private final TlsContexts tlsContexts;
  private final CamelContext context;

  HttpOptions(
      LlmConfiguration uri,
      LlmConfiguration component,
      TlsContexts tlsContexts,
      CamelContext context) {
    this.uri = uri;
    this.component = component;
    this.tlsContexts = tlsContexts;
    this.context = context;
  }

  /**
   * The settings of an endpoint.
   *
   * @param globalTls for an endpoint that has no sslContextParameters; null leaves it to the JVM
   * @throws IllegalArgumentException if a value cannot be or one is missing; names the option
   */
  HttpSettings read(@Nullable SSLContextParameters globalTls) {
    return new HttpSettings(
        tls(globalTls), ProxyOptions.read(uri, component, context::getGlobalOption), version());
  }

  private @Nullable SSLContext tls(@Nullable SSLContextParameters globalTls) {
    SSLContextParameters parameters = uri.getSslContextParameters();
    if (parameters == null) {
      parameters = component.getSslContextParameters();
    }
    if (parameters == null) {
      parameters = globalTls;
    }
    return parameters == null ? null : tlsContexts.of(parameters, context);
  }

  private ProtocolVersion version() {
    String version =
        uri.getHttpVersion() != null ? uri.getHttpVersion() : component.getHttpVersion();
    if (version == null || version.equals("auto")) {
      return ProtocolVersion.AUTO;
    }
    if (version.equals("1.1")) {
      return ProtocolVersion.HTTP_1_1;
    }
    throw new IllegalArgumentException(
        "httpVersion is '%s'; it must be auto or 1.1.".formatted(version));
  }
}
