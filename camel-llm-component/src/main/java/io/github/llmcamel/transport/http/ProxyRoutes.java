/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.HttpProxy;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Sends calls through the proxy, but for the hosts that are called directly. */
final class ProxyRoutes extends DefaultRoutePlanner {

  private final HttpProxy proxy;
  private final HttpHost host;

  ProxyRoutes(HttpProxy proxy) {
    super(null);
    this.proxy = proxy;
    this.host = new HttpHost(proxy.host(), proxy.port());
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    return proxy.isFor(target.getHostName()) ? host : null;
  }
}
