/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report of real calls, which the simulator answers. */
class StatusReportTest {

  private static final Clock START = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final JsonMapper JSON = new JsonMapper();

  private final CamelContext context = new DefaultCamelContext();
  private final ProducerTemplate template = context.createProducerTemplate();
  private final GatewayCounts counts = new GatewayCounts(START);
  private boolean draining;

  @BeforeEach
  void start() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:whole").routeId("whole").to("llm:simulator?model=demo");
            from("direct:streamed")
                .routeId("streamed")
                .to("llm:simulator?model=demo&streamMode=aggregate");
            from("direct:failing").routeId("failing").to("llm:simulator?model=bad&extra.fail=429");
          }
        });
    context.start();
    template.start();
  }

  @AfterEach
  void stop() {
    template.stop();
    context.stop();
  }

  @Test
  void aGatewayThatHasJustStartedHasNoModels() throws IOException {
    assertThat(report())
        .isEqualTo(
            JSON.readTree(
                """
                {"state":"serving","since":"1970-01-01T00:00:00Z","uptimeSeconds":90,
                 "requests":{"inFlight":0,"queued":0,"streams":0,
                  "answered":{"2xx":0,"3xx":0,"4xx":0,"5xx":0},
                  "rejected":{"authentication":0,"rateLimit":0,"queueFull":0,"queueTimeout":0,
                   "bodySize":0},
                  "clientsGone":0,"slowClientsCut":0},
                 "all":{"requests":0,"failed":0,"cancelled":0,"inFlight":0,"queued":0,
                  "errors":{},"routes":0},
                 "models":[]}
                """));
  }

  @Test
  void saysWhetherItIsDraining() throws IOException {
    draining = true;

    assertThat(report().get("state").textValue()).isEqualTo("draining");
  }

  @Test
  void countsWhatTheEdgeSays() throws IOException {
    counts.arrived().rejected(Rejection.RATE_LIMIT);
    counts.arrived().queued();

    assertThat(report().at("/requests/queued").asInt()).isEqualTo(1);
    assertThat(report().at("/requests/rejected/rateLimit").asInt()).isEqualTo(1);
  }

  @Test
  void showsCallsAndTokensOfAModel() throws IOException {
    template.requestBody("direct:whole", "Hi.");
    template.requestBody("direct:streamed", "Hi.");
    template.requestBody("direct:streamed", "Hi.");

    JsonNode model = report().at("/models/0");
    assertThat(model.get("provider").textValue()).isEqualTo("simulator");
    assertThat(model.get("model").textValue()).isEqualTo("demo");
    assertThat(model.get("requests").asInt()).isEqualTo(3);
    assertThat(model.get("inFlight").asInt()).isZero();
    assertThat(model.get("inputTokens").asInt()).isPositive();
    assertThat(model.get("outputTokens").asInt()).isPositive();
    assertThat(model.get("errors")).isEmpty();
    assertThat(model.get("routes").asInt()).isEqualTo(2);
    assertThat(model.at("/times/ofRoute").textValue()).isEqualTo("streamed");
    assertThat(model.get("times"))
        .hasSize(5)
        .filteredOn(time -> !time.isTextual())
        .allSatisfy(time -> assertThat(time.isIntegralNumber()).isTrue());
  }

  @Test
  void whatIsUnknownIsAbsent() throws IOException {
    template.send("direct:failing", exchange -> exchange.getMessage().setBody("Hi."));

    JsonNode model = report().at("/models/0");
    assertThat(model.get("failed").asInt()).isEqualTo(1);
    assertThat(model.get("errors")).isEqualTo(JSON.readTree("{\"429\":1}"));
    assertThat(model.has("inputTokens")).isFalse();
    assertThat(model.has("outputTokens")).isFalse();
    assertThat(model.at("/times").has("firstTokenP50Millis")).isFalse();
  }

  private JsonNode report() throws IOException {
    Clock now = Clock.offset(START, Duration.ofSeconds(90));
    return JSON.readTree(new StatusReport(context, counts, () -> draining, now).json());
  }
}
