/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.testkit.CapturedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.component.jetty.JettyHttpComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** How it starts, and what whoever starts it is told if it cannot. */
class StartTest {

  @TempDir private Path folder;

  @Test
  void aPortThatIsTakenIsOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CapturedLog log = new CapturedLog()) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(refusal("--port", port, "--host", "127.0.0.1"))
          .isEqualTo(
              "The gateway cannot listen at 127.0.0.1, port %s: Address already in use. Choose"
                      .formatted(port)
                  + " another --port (0 takes a free one) or --host.");
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "camel.component.llm.foo, camel.component.llm.foo: There is no such option",
    "camel.component.llm.providers[groq].apikeyy, camel.component.llm.apikeyy: There is no such",
    "camel.component.lm.foo, Error configuring property: camel.component.lm.foo because cannot find",
    "camel.main.nope, camel.main.nope: There is no such option",
  })
  void aPropertyThatIsMisspeltIsNamedWithItsFile(String property, String problem)
      throws IOException {
    Path file = Files.writeString(folder.resolve("my.properties"), property + "=topsecret");

    assertThat(refusal("--port", "0", "--config", file.toString()))
        .startsWith(file + ": " + problem)
        .doesNotContain("topsecret", "@");
  }

  @Test
  void itsFileHasTheLastWord() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            folder,
            "camel.component.jetty.request-header-size=1000",
            "camel.component.jetty.max-threads=40")) {
      assertThat(gateway.get("/health", "X-Long", "a".repeat(2_000)).status()).isEqualTo(431);
      assertThat(gateway.context().getComponent("jetty", JettyHttpComponent.class).getMaxThreads())
          .isEqualTo(40);
    }
  }

  @Test
  void aSlowClientIsCutBeforeItsCallIsAbandoned() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, "gateway.client-idle-timeout=1d")) {
      assertThat(
              gateway
                  .context()
                  .getComponent("llm", LlmComponent.class)
                  .getConfiguration()
                  .getConsumerTimeout())
          .isGreaterThan(Duration.ofDays(1));
    }
  }

  /** What it writes, if it ends with the status of a failure. */
  private static String refusal(String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine gateway = new CommandLine(new GatewayCommand());
    gateway.setErr(new PrintWriter(errors));
    assertThat(gateway.execute(arguments)).isEqualTo(1);
    return errors.toString().strip();
  }
}
