/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import io.github.llmcamel.codec.EndpointUri;
import java.net.URI;

/** The version of the protocol that is spoken, in header and path. */
final class ProtocolVersion {

  static final String HEADER = "anthropic-version";
  static final String VALUE = "2023-06-01";

  private static final String SEGMENT = "/v1";

  private ProtocolVersion() {}

  /** The path under a base URL, which is pasted with and without the version. */
  static URI uri(URI base, String path) {
    boolean versioned = base.getRawPath().endsWith(SEGMENT);
    return EndpointUri.append(base, versioned ? path : SEGMENT + path);
  }
}
