/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes before its answer has begun. */
class GoneClientTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNoFailureOfTheGateway(boolean streamed, @TempDir Path folder) throws Exception {
    String body = RawRequest.CHAT.replaceFirst("}$", ",\"stream\":%s}".formatted(streamed));
    try (RunningGateway gateway =
        RunningGateway.start(folder, "gateway.models[*] = llm:simulator?extra.fail=stall")) {
      try (RawClient client = new RawClient(gateway.address())) {
        client.send(RawRequest.post(body));
        gateway.awaitCount("inFlight", 1);
      }
      gateway.awaitCount("clientsGone", 1);
      gateway.awaitIdle();

      assertThat(gateway.get("/metrics").body())
          .contains("http_server_request_duration_seconds_count{")
          .doesNotContain("http_response_status_code=\"503\"");
    }
  }
}
