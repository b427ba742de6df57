/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a provider answers, to the byte.
 *
 * @param body what follows the head
 */
record Answer(int status, String contentType, String body) {

  /** From OpenAI, of another model than the one that was asked for. */
  static final Answer OPENAI =
      json(
          """
          {"id":"chatcmpl-mock-001","object":"chat.completion","created":1,
           "model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant",
           "content":"Canary."},"logprobs":null,"finish_reason":"stop"}],
           "usage":{"prompt_tokens":25,"completion_tokens":12,"total_tokens":37}}""");

  /** From OpenAI in six pieces, with the usage after the last, as {@code include_usage} asks. */
  static final Answer OPENAI_STREAM =
      events(
          Stream.of(
                  Stream.of(choice("{\"role\":\"assistant\",\"content\":\"\"}", "null")),
                  sixPieces(),
                  Stream.of(
                      choice("{}", "\"stop\""),
                      chunk("[]", ",\"usage\":{\"prompt_tokens\":25,\"completion_tokens\":6}"),
                      "[DONE]"))
              .flatMap(part -> part));

  static final Answer ANTHROPIC =
      json(
          """
          {"id":"msg-mock-001","type":"message","role":"assistant",
           "model":"claude-sonnet-4-20250514","content":[{"type":"text","text":"Canary."}],
           "stop_reason":"end_turn","stop_sequence":null,
           "usage":{"input_tokens":25,"cache_creation_input_tokens":5,
           "cache_read_input_tokens":3,"output_tokens":12}}""");

  /** As Ollama 0.17.4 answers, times included. */
  static final Answer OLLAMA =
      json(
          """
          {"model":"smollm2","created_at":"2026-11-22T10:26:30.7561978Z",
           "message":{"role":"assistant","content":"Canary."},"done":true,"done_reason":"stop",
           "total_duration":500000000,"load_duration":1000000,"prompt_eval_count":24,
           "prompt_eval_duration":120000000,"eval_count":8,"eval_duration":160000000}""");

  /** As llama.cpp b11549 answers, times included. */
  static final Answer LLAMACPP =
      json(
          """
          {"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant",
           "content":"Canary."}}],"created":1795342578,"model":"smollm2",
           "object":"chat.completion","usage":{"completion_tokens":9,"prompt_tokens":24,
           "total_tokens":33},"id":"chatcmpl-FpsB","timings":{"cache_n":0,"prompt_n":24,
           "prompt_ms":120.0,"predicted_n":9,"predicted_ms":160.0}}""");

  static final Answer GEMINI =
      json(
          """
          {"candidates":[{"content":{"parts":[{"text":"Canary."}],"role":"model"},
           "finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":25,
           "cachedContentTokenCount":10,"candidatesTokenCount":12,"thoughtsTokenCount":3,
           "totalTokenCount":40},"modelVersion":"gemini-2.0-flash","responseId":"resp-mock-001"}""");

  static final Answer RATE_LIMIT =
      new Answer(
          429,
          "application/json",
          """
          {"error":{"message":"Slow down.","type":"tokens","param":null,
           "code":"rate_limit_exceeded"}}""");

  static Answer json(String body) {
    return new Answer(200, "application/json", body);
  }

  /** A stream of server-sent events. */
  static Answer events(Stream<String> data) {
    return new Answer(
        200,
        "text/event-stream",
        data.map(event -> "data: " + event + "\n\n").collect(Collectors.joining()));
  }

  /** What OpenAI streams when one choice goes on. */
  static String choice(String delta, String finishReason) {
    return choice(delta, finishReason, "");
  }

  /**
   * What OpenAI streams when one choice goes on.
   *
   * @param more further fields of the chunk, each after a comma
   */
  static String choice(String delta, String finishReason, String more) {
    return chunk(
        "[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]".formatted(delta, finishReason), more);
  }

  static Stream<String> sixPieces() {
    return IntStream.range(0, 6).mapToObj(i -> choice("{\"content\":\"a\"}", "null"));
  }

  private static String chunk(String choices, String more) {
    return """
    {"id":"chatcmpl-mock-stream-001","object":"chat.completion.chunk","created":1,\
    "model":"gpt-4o-2024-08-06","choices":%s%s}"""
        .formatted(choices, more);
  }

  void sendTo(Peer peer) {
    peer.reply(status, contentType, body);
  }
}
