/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The port a URL leads to, also where it leaves it out. */
final class ServerPort {

  private ServerPort() {}

  /** Null where the scheme has no port. */
  static @Nullable Integer of(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return switch (url.getScheme()) {
      case "http" -> 80;
      case "https" -> 443;
      default -> null;
    };
  }
}
