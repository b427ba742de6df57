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

/** The closed list of words for failures below HTTP, whatever class an HTTP library throws. */
final class ErrorTypes {

  private static final List<Class<? extends Throwable>> KNOWN =
      List.of(
          ConnectException.class,
          UnknownHostException.class,
          SSLException.class,
          SocketException.class);

  private ErrorTypes() {}

  static String ofConnectionFailure(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      for (Class<? extends Throwable> known : KNOWN) {
        if (known.isInstance(at)) {
          return known.getName();
        }
      }
    }
    // A broken connection shows up as a plain IOException in some HTTP libraries.
    return cause instanceof IOException ? SocketException.class.getName() : "_OTHER";
  }
}
