/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import io.github.llmcamel.transport.HttpCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From a request to what will happen on the wire. A pure function. */
final class SimulatedServer {

  private static final String CHAT = "/v1/chat/completions";
  private static final String MODELS = "/v1/models";

  private final HttpCall call;
  private final String fingerprint;

  private SimulatedServer(HttpCall call) {
    this.call = call;
    this.fingerprint = UUID.nameUUIDFromBytes(call.body()).toString();
  }

  static Script answer(HttpCall call) {
    return new SimulatedServer(call).route();
  }

  private Script route() {
    String path = String.valueOf(call.uri().getPath());
    return switch (path) {
      case CHAT -> call.method().equals("POST") ? chat() : wrongMethod("POST");
      case MODELS ->
          call.method().equals("GET") ? json(200, WireFormat.models()) : wrongMethod("GET");
      default ->
          error(
              404,
              "The simulator knows " + CHAT + " and " + MODELS + "; leave baseUrl as it is.",
              null);
    };
  }

  private Script chat() {
    try {
      CompletionRequest request = CompletionRequest.read(call.body());
      Completion completion = Completion.of("simulated-" + fingerprint, request);
      return script(request, completion);
    } catch (InvalidRequestException e) {
      return error(400, e.text(), e.member());
    }
  }

  private Script script(CompletionRequest request, Completion completion) {
    Pace pace = request.pace();
    if (request.form() == CompletionRequest.Form.WHOLE) {
      return Script.whole(
          200,
          headers("application/json"),
          pace.toLastToken(completion.tokens().size()),
          WireFormat.whole(completion));
    }
    return new Script(
        200,
        headers("text/event-stream; charset=utf-8"),
        pace.toFirstToken(),
        pace.perToken(),
        new StreamedBody(completion, request.form()));
  }

  private Script wrongMethod(String allowed) {
    Script refusal = error(405, "Use " + allowed + " for this path.", null);
    Map<String, List<String>> headers = new HashMap<>(refusal.headers());
    headers.put("allow", List.of(allowed));
    return new Script(405, headers, Duration.ZERO, Duration.ZERO, refusal.body());
  }

  private Script error(int status, String message, @Nullable String member) {
    return json(status, WireFormat.error(message, member));
  }

  private Script json(int status, byte[] body) {
    return Script.whole(status, headers("application/json"), Duration.ZERO, body);
  }

  private Map<String, List<String>> headers(String contentType) {
    return Map.of(
        "content-type", List.of(contentType),
        "x-request-id", List.of("req_" + fingerprint),
        "x-simulator", List.of("true"));
  }
}
