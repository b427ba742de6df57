/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import io.github.llmcamel.transport.HttpCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** From a request to what will happen on the wire. A pure function but for the calls it counts. */
final class SimulatedServer {

  private static final String CHAT = "/v1/chat/completions";
  private static final String EMBEDDINGS = "/v1/embeddings";
  private static final String MODELS = "/v1/models";
  private static final String RETRY_AFTER_SECONDS = "1";

  private final HttpCall call;
  private final AtomicLong countedCalls;
  private final String fingerprint;

  private SimulatedServer(HttpCall call, AtomicLong countedCalls) {
    this.call = call;
    this.countedCalls = countedCalls;
    this.fingerprint = UUID.nameUUIDFromBytes(call.body()).toString();
  }

  /**
   * Decides what happens.
   *
   * @param countedCalls how many calls with {@code failEvery} there were
   */
  static Script answer(HttpCall call, AtomicLong countedCalls) {
    return new SimulatedServer(call, countedCalls).route();
  }

  private Script route() {
    String path = String.valueOf(call.uri().getPath());
    return switch (path) {
      case CHAT -> call.method().equals("POST") ? chat() : wrongMethod("POST");
      case EMBEDDINGS -> call.method().equals("POST") ? embeddings() : wrongMethod("POST");
      case MODELS ->
          call.method().equals("GET") ? json(200, WireFormat.models()) : wrongMethod("GET");
      default ->
          error(
              404,
              "The simulator knows %s, %s and %s; leave baseUrl as it is."
                  .formatted(CHAT, EMBEDDINGS, MODELS),
              null);
    };
  }

  private Script chat() {
    try {
      CompletionRequest request = CompletionRequest.read(call.body());
      Completion completion = Completion.of("simulated-" + fingerprint, request);
      // A whole answer that never comes has no head either: only streams break after some text.
      int received =
          request.form() == CompletionRequest.Form.WHOLE
              ? 0
              : new StreamedBody(completion, request.form()).half();
      return orFailure(request.fault(), answer(request, completion), received);
    } catch (InvalidRequestException e) {
      return error(400, e.text(), e.member());
    }
  }

  private Script embeddings() {
    try {
      EmbeddingsQuestion question = EmbeddingsQuestion.read(call.body());
      return orFailure(question.fault(), json(200, WireFormat.embeddings(question)), 0);
    } catch (InvalidRequestException e) {
      return error(400, e.text(), e.member());
    }
  }

  private Script answer(CompletionRequest request, Completion completion) {
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
        new StreamedBody(completion, request.form()),
        Script.Ending.COMPLETE);
  }

  /**
   * The answer, unless it is to fail.
   *
   * @param received how many frames come before a stream breaks; 0 if it is none
   */
  private Script orFailure(@Nullable Fault fault, Script answer, int received) {
    if (fault == null || !fault.strikes(countedCalls)) {
      return answer;
    }
    return switch (fault.kind()) {
      case RATE_LIMIT -> json(429, WireFormat.rateLimit()).with("retry-after", RETRY_AFTER_SECONDS);
      case SERVER_ERROR -> json(500, WireFormat.serverError());
      case RESET -> answer.cut(received, Script.Ending.RESET);
      case STALL -> answer.cut(received, Script.Ending.SILENCE);
      case TRUNCATE ->
          received == 0
              ? Script.whole(
                  answer.status(), answer.headers(), answer.headDelay(), firstHalf(answer.frame(0)))
              : answer.cut(received, Script.Ending.COMPLETE);
    };
  }

  private static byte[] firstHalf(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private Script wrongMethod(String allowed) {
    return error(405, "Use " + allowed + " for this path.", null).with("allow", allowed);
  }

  private Script error(int status, String message, @Nullable String member) {
    return json(status, WireFormat.invalidRequest(message, member));
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
