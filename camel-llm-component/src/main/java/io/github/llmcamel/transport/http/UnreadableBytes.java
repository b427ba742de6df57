/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.ParseException;

/** Failures of the HTTP library that print the bytes it cannot read, and those may be an answer. */
final class UnreadableBytes {

  private UnreadableBytes() {}

  /** The same failure without the bytes; the failure itself if it has none. */
  static Exception unquoted(Exception failure) {
    String problem = String.valueOf(failure.getMessage()).split(": ", 2)[0];
    Exception unquoted;
    if (failure instanceof ParseException) {
      unquoted = new ParseException(problem);
    } else if (failure.getClass() == MalformedChunkCodingException.class) {
      unquoted = new MalformedChunkCodingException(problem);
    } else {
      return failure;
    }
    unquoted.setStackTrace(failure.getStackTrace());
    return unquoted;
  }
}
