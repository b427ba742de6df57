/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import org.apache.hc.core5.http.HttpException;

/** The proxy answered itself, instead of the server behind it. */
final class ProxyRefusal extends HttpException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ProxyRefusal(int status) {
    super("The proxy answered " + status);
    this.status = status;
  }

  int status() {
    return status;
  }
}
