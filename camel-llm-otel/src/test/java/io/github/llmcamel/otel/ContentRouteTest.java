/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.content.ContentHook;
import io.github.llmcamel.otel.genai.content.ContentRedactor;
import io.github.llmcamel.otel.genai.content.ContentSchemas;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contents of calls that routes make, as settings and beans of the application want them. */
class ContentRouteTest {

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @BeforeEach
  void build() throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    set("camel.llm-otel.capture-content", "span_only");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to("llm:simulator?model=demo&systemMessage=Be short.");
          }
        });
  }

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @Test
  void areRecordedAfterEveryRedactor() {
    set("camel.llm-otel.redact", "emails");
    context
        .getRegistry()
        .bind("names", (ContentRedactor) (kind, text) -> text.replace("Bob", "[name]"));
    context.start();

    assertThat(call("Write to Bob, bob@mail.example.")).contains("Bob");
    context.stop();

    Attributes span = telemetry.onlySpan().getAttributes();
    String input = span.get(stringKey("gen_ai.input.messages"));
    ContentSchemas.assertValid("gen_ai.input.messages", input);
    assertThat(input).contains("Be short.", "Write to [name], [redacted e-mail].");
    assertThat(telemetry.spans().toString()).doesNotContain("Bob", "mail.example");
  }

  @Test
  void holdUpNoRouteWhileAHookHangsAndEndWhenCamelStops() {
    CountDownLatch never = new CountDownLatch(1);
    ContentHook hanging =
        (content, span) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return content;
        };
    context.getRegistry().bind("hanging", hanging);
    context.start();

    assertThat(call("Hi.")).isNotEmpty();
    context.stop();

    assertThat(telemetry.onlySpan().getAttributes().get(stringKey("gen_ai.input.messages")))
        .isNull();
    assertThat(telemetry.onlyLog().getBodyValue()).isNotNull();
  }

  private String call(String body) {
    return context.createProducerTemplate().requestBody("direct:start", body, String.class);
  }

  private void set(String property, String value) {
    context.getPropertiesComponent().addInitialProperty(property, value);
  }
}
