/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Streams and requests in the shorthand of a specification; JSON is written with single quotes. */
final class Wire {

  static final Destination ANYWHERE = destination("http://localhost:1/v1beta");

  /** What ends an ordinary answer. */
  static final String STOP = event("{'candidates':[{'finishReason':'STOP'}]}");

  private Wire() {}

  /** An event as Google sends it. */
  static String event(String data) {
    return "data: " + data + "\r\n\r\n";
  }

  /** A piece with those parts of the only candidate, which goes on. */
  static String piece(String parts) {
    return "{'candidates':[{'content':{'role':'model','parts':[%s]}}]}".formatted(parts);
  }

  /** The event of {@link #piece}. */
  static String parts(String parts) {
    return event(piece(parts));
  }

  static String text(String text) {
    return parts("{'text':'%s'}".formatted(text));
  }

  /** A last event that counts. */
  static String stop(String usage) {
    return event("{'candidates':[{'finishReason':'STOP'}],'usageMetadata':%s}".formatted(usage));
  }

  static Destination destination(String base) {
    return new Destination(
        Providers.find("gemini").orElseThrow(), URI.create(base), null, Map.of());
  }

  /** What is sent for the request, not streamed; JSON with single quotes. */
  static String body(ChatRequest request) throws LlmException {
    WireRequest written = new GeminiCodec().encode(request, Delivery.WHOLE, ANYWHERE);
    return new String(written.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }
}
