/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import java.net.URI;
import java.util.function.BiConsumer;

/**
 * Follows one model call to its end.
 *
 * <pre>
 * send(headers) → sent → head → event* → completed
 *                                      | failed
 *                                      | cancelled
 * </pre>
 *
 * <p>Methods are called one at a time, in this order, and end with exactly one of {@code
 * completed}, {@code failed}, {@code cancelled}; {@code failed} and {@code cancelled} may come at
 * any point, also before {@code send}, but not within it. A whole answer has no events. The ending
 * of a whole or aggregated exchange comes before the route goes on. They run on the thread that
 * caused them: do not block, do not lock, do not throw. What is thrown anyway is logged once and
 * dropped; it never reaches the route.
 */
public interface CallObservation {

  /** Follows nothing. */
  CallObservation NONE = new CallObservation() {};

  /**
   * The request goes out; while it waits for a place among the running calls it does not yet.
   *
   * <p>Here an observation can make a context current on the thread, for whatever the HTTP client
   * brings along from there. It must take it away before it returns.
   *
   * @param method such as {@code POST}
   * @param url where the request goes, without query and credentials
   * @param handOver asks for {@link #headers} and hands the request to the transport; to be run
   *     once, on this thread. It throws nothing
   */
  default void send(String method, URI url, Runnable handOver) {
    handOver.run();
  }

  /**
   * The request is about to be written.
   *
   * @param setter adds a header to it, such as {@code traceparent}
   */
  default void headers(BiConsumer<String, String> setter) {}

  /** The request was handed to the transport. */
  default void sent() {}

  /** The answer began. */
  default void head(int status) {}

  /** The model said something. */
  default void event(ChatEvent event) {}

  /** The answer is complete: of the kind that was asked for. */
  default void completed(ModelResponse response) {}

  /** The call failed; what had been received is in {@link LlmException#getPartialResponse()}. */
  default void failed(LlmException failure) {}

  /**
   * The call was ended from our side before its answer was complete.
   *
   * @param partial what had been received; of vectors nothing is
   */
  default void cancelled(Cancellation reason, ChatResponse partial) {}
}
