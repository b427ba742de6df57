/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of words for what failed, whatever a server answers or an HTTP library throws.
 */
final class ErrorTypes {

  private static final String OTHER = "_OTHER";
  private static final int LAST_STATUS = 599;

  private static final List<Class<? extends Throwable>> KNOWN =
      List.of(
          ConnectException.class,
          UnknownHostException.class,
          SSLException.class,
          SocketException.class);

  private ErrorTypes() {}

  /** HTTP has no status above 599, so a server that makes some up may make up many. */
  static String ofStatus(int status) {
    return status <= LAST_STATUS ? Integer.toString(status) : OTHER;
  }

  static String ofConnectionFailure(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      for (Class<? extends Throwable> known : KNOWN) {
        if (known.isInstance(at)) {
          return known.getName();
        }
      }
    }
    // A broken connection shows up as a plain IOException in some HTTP libraries.
    return cause instanceof IOException ? SocketException.class.getName() : OTHER;
  }
}
