/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static io.github.llmcamel.examples.gateway.RawRequest.CHAT;
import static io.github.llmcamel.examples.gateway.RawRequest.post;
import static io.github.llmcamel.examples.gateway.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.CapturedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of models that are made to be taken for something else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbusedNameTest {

  private RunningGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = RunningGateway.start(folder);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nX-Evil: yes",
        "a\\u0000b",
        "a\\u001b[31mb",
        "a\\u0085b\\u2028c",
        "a\\u009b31mb",
        "a\\ud800b",
        "a trace_id=forged",
        "../../etc/passwd",
        "llm:openai?apiKey=x&baseUrl=http://evil.example",
        "${header.x} {{env:PATH}}"
      })
  void aModelsNameCanForgeNeitherAHeaderNorALineOfTheLog(String name) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      RawReply reply =
          RawClient.ask(gateway.address(), post(CHAT.replace("\"m\"", "\"%s\"".formatted(name))));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.head()).matches("[ -~\r\n]*").doesNotContain("\nX-Evil");
      assertThat(log.text())
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]]|\nX-Evil");
      assertThat(log.linesWith(" access - ").toString()).doesNotContain(" trace_id=forged");
      assertThat(log.linesWith(" calls - ").toString()).doesNotContain("model=a trace_id=forged");
    }
  }

  @Test
  void aModelsNameThatIsTooLongIsUnknown() throws Exception {
    assertRefused(gateway, post(CHAT.replace("\"m\"", "\"%s\"".formatted("m".repeat(5_000)))), 404);
  }
}
