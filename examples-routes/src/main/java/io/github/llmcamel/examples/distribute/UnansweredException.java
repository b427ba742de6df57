/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

/** A document was sent, and no worker has answered in time. */
public final class UnansweredException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param time how long it was waited for, such as 24h
   */
  UnansweredException(String time) {
    super(
        ("No worker has answered within %s. See whether workers run, and whether the broker has put"
                + " the document aside; then --retry-failed sends it again.")
            .formatted(time));
  }
}
