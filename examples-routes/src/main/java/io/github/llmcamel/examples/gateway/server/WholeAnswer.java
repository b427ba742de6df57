/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer that is there in one piece. */
final class WholeAnswer implements ClientAnswer.Source {

  private final Runnable done;

  private WholeAnswer(Runnable done) {
    this.done = done;
  }

  /**
   * Writes the answer.
   *
   * @param done is told once that the answer is over, however it ended
   */
  static void write(
      HttpServletResponse response,
      Outcome outcome,
      int status,
      Map<String, String> headers,
      byte[] body,
      Runnable done) {
    ClientAnswer answer = new ClientAnswer(response, outcome, new WholeAnswer(done));
    response.setContentLength(body.length);
    answer.begin(status, headers);
    answer.end(body);
  }

  @Override
  public void ready() {}

  @Override
  public void over(@Nullable Throwable failure) {
    done.run();
  }
}
