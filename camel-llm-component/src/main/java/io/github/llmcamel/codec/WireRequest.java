/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request as a protocol wants it. The key is not in it. Prints neither headers nor body.
 *
 * @param uri where it goes, with the destination's query
 * @param headers the protocol's own, such as {@code Content-Type}
 * @param dropped the parameters that were left out because the protocol does not have them
 */
public record WireRequest(
    String method, URI uri, Map<String, String> headers, byte[] body, List<String> dropped) {
  public WireRequest {
    headers = Map.copyOf(headers);
    dropped = List.copyOf(dropped);
  }

  private static final String JSON = "application/json";
  private static final String ACCEPT = "Accept";

  /** The writing of one request. */
  @FunctionalInterface
  public interface Writing {
    WireRequest write() throws LlmException, JsonProcessingException;
  }

  /**
   * Writes a request of what may turn out to be no JSON.
   *
   * @throws LlmException as the writing does, or if something in the request is no JSON
   */
  public static WireRequest written(Destination destination, Writing writing) throws LlmException {
    try {
      return writing.write();
    } catch (JsonProcessingException notJson) {
      throw UnwritableRequest.notJson(destination);
    }
  }

  /** A request with a body of JSON that wants JSON. */
  public static WireRequest post(URI uri, byte[] body, List<String> dropped) {
    return new WireRequest("POST", uri, Map.of("Content-Type", JSON, ACCEPT, JSON), body, dropped);
  }

  /** A request without a body that wants JSON. */
  public static WireRequest get(URI uri) {
    return new WireRequest("GET", uri, Map.of(ACCEPT, JSON), new byte[0], List.of());
  }

  /** The same request, which wants {@code streamType} if the answer is to be streamed. */
  public WireRequest accepting(String streamType, Delivery delivery) {
    return delivery == Delivery.STREAMED ? with(ACCEPT, streamType) : this;
  }

  /** The same request with that header. */
  public WireRequest with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new WireRequest(method, uri, more, body, dropped);
  }

  @Override
  public String toString() {
    return "WireRequest[%s, %d bytes]".formatted(method, body.length);
  }
}
