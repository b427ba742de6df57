/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

/** An answer that the pipeline cannot use; the message says what is wrong with it. */
final class BadAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  BadAnswerException(String message) {
    super(message);
  }
}
