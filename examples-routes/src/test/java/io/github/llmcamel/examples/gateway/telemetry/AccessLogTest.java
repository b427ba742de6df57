/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.telemetry.AccessLog.Entry;
import io.github.llmcamel.testkit.CapturedLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {

  @Test
  void tellsWhatIsKnownInOneLine() {
    try (CapturedLog log = new CapturedLog()) {
      AccessLog.write(
          new Entry(
              "POST",
              "/v1/models/{id}",
              200,
              Duration.ofMillis(840),
              Duration.ofMillis(120),
              5120,
              Ended.COMPLETED,
              "alice",
              "fast",
              "groq",
              "llama-3.1-8b-instant",
              "req-1",
              Requests.TRACE_ID));

      assertThat(log.text().lines())
          .singleElement()
          .asString()
          .contains("INFO")
          .endsWith(
              "method=POST target=/v1/models/{id} status=200 duration_ms=840 first_byte_ms=120"
                  + " bytes=5120 ended=completed key=alice model=fast provider=groq"
                  + " answered_model=llama-3.1-8b-instant request_id=req-1 trace_id="
                  + Requests.TRACE_ID);
    }
  }

  @Test
  void leavesOutWhatIsUnknown() {
    assertThat(line("GET", "/", "req-1"))
        .isEqualTo(
            "method=GET target=/ status=404 duration_ms=1 bytes=0 ended=rejected request_id=req-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nstatus=200",
        "\u001b[31mred",
        "a\u2028b\u2029c\u0085d",
        "say \"no\" 'now' `then`",
        "a\tb\u0000c\u007fd",
        "\u202eevil\u200b",
        "${jndi:ldap://x} {} %n \\",
        "é\ud83d\ude00\ud83d",
      })
  void makesEveryValueFromOutsideHarmless(String evil) {
    String line = line(evil, evil, evil);

    assertThat(line).matches("[!-~]+( [!-~]+){6}").doesNotContainPattern("[\"'`$\\\\]");
    assertThat(line.chars().filter(c -> c == '=').count()).isEqualTo(7);
  }

  @Test
  void cutsLongValues() {
    assertThat(line("GET", "/".repeat(10_000), "req-1"))
        .contains(" target=" + "/".repeat(128) + " status=");
  }

  private static String line(String method, String target, String requestId) {
    return AccessLog.line(
        new Entry(
            method,
            target,
            404,
            Duration.ofMillis(1),
            null,
            0,
            Ended.REJECTED,
            null,
            null,
            null,
            null,
            requestId,
            null));
  }
}
