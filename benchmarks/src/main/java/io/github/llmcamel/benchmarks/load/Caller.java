/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

/** Something that calls a model, many times at once. */
interface Caller extends AutoCloseable {

  /** The prompt of every call: 2 kB. */
  String PROMPT =
      "Please read the following letter and tell me in two sentences what the customer wants. "
          .repeat(23);

  /** Starts a call; {@code ended} runs once, on any thread. */
  void call(Runnable ended);

  @Override
  void close();
}
