/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.launch.Dsl;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway in this JVM, at a free port. */
final class RunningGateway implements AutoCloseable {

  static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private final Gateway gateway;

  /**
   * @param folder where its configuration is kept
   */
  RunningGateway(Path folder, String config) throws Exception {
    Path file = Files.writeString(folder.resolve("gateway.properties"), config);
    gateway = new Gateway(file, null, 0, Dsl.java);
    gateway.start();
  }

  URI address() {
    return gateway.address();
  }

  /** A client that does all right is answered. */
  void assertServes() throws Exception {
    assertThat(RawClient.ask(address(), post(CHAT)).status()).isEqualTo(200);
  }

  /** A chat request on a connection of its own. */
  static String post(String body, String... headers) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\n"
        + String.join("", headers)
        + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  @Override
  public void close() {
    gateway.close();
  }
}
