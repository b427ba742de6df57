/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

/** An answer that the pipeline cannot use; the message says what is wrong with it. */
public final class BadAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  public BadAnswerException(String message) {
    super(message);
  }
}
