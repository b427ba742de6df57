/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A connection whose client has only so long to send the head of a request, and is told when that
 * is over. Jetty closes it without a word when a head stalls, and waits for ever while it drips.
 */
final class TimedConnection extends HttpConnection {

  private final Duration limit;

  /**
   * @param limit how long a head may take, from its first byte
   */
  TimedConnection(
      HttpConfiguration configuration, Connector connector, EndPoint endPoint, Duration limit) {
    super(configuration, connector, endPoint);
    this.limit = limit;
  }

  @Override
  public void onFillable() {
    if (isWithinHead() && TimeLimit.isOver(getParser().getBeginNanoTime(), limit)) {
      refuse();
    } else {
      super.onFillable();
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    if (cause instanceof TimeoutException && isWithinHead()) {
      refuse();
    } else {
      super.onFillInterestedFailed(cause);
    }
  }

  private boolean isWithinHead() {
    return getParser().inHeaderState() && !getParser().isStart();
  }

  private void refuse() {
    getParser().close();
    newRequestHandler()
        .badMessage(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
  }
}
