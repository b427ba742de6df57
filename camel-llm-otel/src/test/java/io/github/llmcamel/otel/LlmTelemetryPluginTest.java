/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.otel.genai.content.ContentRedactor;
import io.github.llmcamel.otel.setup.Environment;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Camel finds the plugin by itself: no test but the last ones names it. */
class LlmTelemetryPluginTest {

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();
  private final Registry registry = context.getRegistry();

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @Test
  void followsCallsForAnOpenTelemetryThatIsBoundAfterThePluginWasLoaded() {
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.start();

    makeCall();

    assertThat(telemetry.onlySpan().getName()).isEqualTo("chat gpt-4o");
  }

  @Test
  void bindsWhatCamelsTracersLookForAndTakesAllBackAtTheEnd() {
    List<Object> leftAtTheEnd = new ArrayList<>();
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onContextStopped(CamelContext stopped) {
            leftAtTheEnd.addAll(registry.findByType(Object.class));
          }
        });
    context.start();

    assertThat(registry.findByType(ExchangeObserver.class)).hasSize(1);
    assertThat(registry.findByType(Tracer.class)).hasSize(1);
    assertThat(registry.findByType(ContextPropagators.class))
        .containsExactly(telemetry.openTelemetry().getPropagators());
    context.stop();
    assertThat(leftAtTheEnd)
        .contains(telemetry.openTelemetry())
        .doesNotHaveAnyElementsOfTypes(
            ExchangeObserver.class, Tracer.class, ContextPropagators.class);
  }

  @Test
  void worksAgainAfterARestart() {
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.start();
    context.stop();
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.start();

    makeCall();

    assertThat(telemetry.spans()).hasSize(1);
  }

  @Test
  void carriesTracesFromNodeToNodeOnceAlsoAfterARestart() {
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.start();
    context.stop();
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.start();

    assertThat(interceptStrategies())
        .singleElement()
        .isInstanceOf(LlmTelemetryInterceptStrategy.class);
  }

  @Test
  void leavesTheTracerOfTheApplication() {
    Tracer own = telemetry.openTelemetry().getTracer("own");
    registry.bind("openTelemetry", telemetry.openTelemetry());
    registry.bind("tracer", own);
    context.start();

    assertThat(registry.findByType(Tracer.class)).containsExactly(own);
    assertThat(registry.findByType(ContextPropagators.class)).isEmpty();
  }

  @Test
  void leavesThePropagatorsOfTheApplication() {
    ContextPropagators own = ContextPropagators.noop();
    registry.bind("openTelemetry", telemetry.openTelemetry());
    registry.bind("propagators", own);
    context.start();

    assertThat(registry.findByType(Tracer.class)).hasSize(1);
    assertThat(registry.findByType(ContextPropagators.class)).containsExactly(own);
  }

  @Test
  void leavesTheTelemetryThatTheApplicationBound() {
    LlmTelemetry own = LlmTelemetry.create(telemetry.openTelemetry());
    registry.bind("openTelemetry", telemetry.openTelemetry());
    registry.bind("own", own);
    context.start();

    assertThat(registry.findByType(ExchangeObserver.class)).containsExactly(own);
  }

  @Test
  void bindsTheOpenTelemetryItHasChosenWhereThereIsNoBean() {
    GlobalOpenTelemetry.set(telemetry.openTelemetry());
    context.start();

    OpenTelemetry bound = registry.findSingleByType(OpenTelemetry.class);

    assertThat(bound).isNotNull();
    bound.getTracer("own").spanBuilder("own").startSpan().end();
    assertThat(telemetry.spans()).extracting(SpanData::getName).containsExactly("own");
  }

  @Test
  void choosesAnewAfterARestart() {
    GlobalOpenTelemetry.set(telemetry.openTelemetry());
    context.start();
    context.stop();
    GlobalOpenTelemetry.resetForTest();
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.text()).contains("off. There is no OpenTelemetry");
    }
    assertThat(registry.findByType(OpenTelemetry.class)).isEmpty();
  }

  @Test
  void takesTheOpenTelemetryThatAnotherContextHasBoundForNoBean() {
    CamelContext other = new DefaultCamelContext(registry);
    GlobalOpenTelemetry.set(telemetry.openTelemetry());
    context.start();
    try (CapturedLog log = new CapturedLog()) {
      other.start();

      assertThat(log.text()).contains("the global OpenTelemetry");
    }
    assertThat(registry.findByType(OpenTelemetry.class)).hasSize(1);
    other.stop();
  }

  @Test
  void isOffWhenSwitchedOff() {
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.enabled", "false");
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.start();

    assertThat(registry.findByType(ExchangeObserver.class)).isEmpty();
    assertThat(registry.findByType(Tracer.class)).isEmpty();
    assertThat(interceptStrategies()).isEmpty();
  }

  @Test
  void isOffWhenItIsNotSaidWhetherItIsSwitchedOff() {
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.enabled", "no");
    registry.bind("openTelemetry", telemetry.openTelemetry());
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN")).hasSize(1);
      assertThat(log.text()).contains("camel.llm-otel.enabled is 'no'; use true or false");
    }
    assertThat(registry.findByType(ExchangeObserver.class)).isEmpty();
  }

  @Test
  void letsRoutesRunWhenAServiceOfOthersCannotBeLoaded() {
    new LlmTelemetryPlugin(
            properties -> {
              throw new ServiceConfigurationError("broken");
            })
        .load(context);
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN")).singleElement().asString().contains("broken");
    }
    assertThat(context.isStarted()).isTrue();
  }

  @Test
  void isOffWhenNothingAsksForTelemetry() {
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("GenAI telemetry")).hasSize(1);
      assertThat(log.text()).contains("off. There is no OpenTelemetry");
    }
    assertThat(registry.findByType(ExchangeObserver.class)).isEmpty();
    assertThat(registry.findByType(Tracer.class)).isEmpty();
    assertThat(interceptStrategies()).isEmpty();
    assertThat(context.getManagementStrategy().getEventNotifiers()).isEmpty();
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void isThereInTimeForCamelsTracer() throws Exception {
    registry.bind("openTelemetry", telemetry.openTelemetry());
    new OpenTelemetryTracer().init(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask").routeId("ask").process(exchange -> makeCall());
          }
        });
    context.start();
    OwnThread.run(() -> context.createProducerTemplate().sendBody("direct:ask", "x"));

    assertThat(telemetry.spans()).extracting(SpanData::getName).contains("ask", "chat gpt-4o");
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void usesTheGlobalOpenTelemetryOfTheApplication() {
    GlobalOpenTelemetry.set(telemetry.openTelemetry());
    context.start();

    makeCall();

    assertThat(telemetry.spans()).hasSize(1);
  }

  @Test
  void letsRoutesRunWhenASettingIsWrong() throws Exception {
    context
        .getPropertiesComponent()
        .addInitialProperty("otel.exporter.otlp.endpoint", "http://127.0.0.1:9");
    context.getPropertiesComponent().addInitialProperty("otel.exporter.otlp.protocol", "smtp");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask").setBody(constant("done"));
          }
        });
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN")).hasSize(1);
      assertThat(log.text()).contains("smtp").contains("camel.llm-otel.enabled=false");
    }
    assertThat(context.createProducerTemplate().requestBody("direct:ask", "x")).isEqualTo("done");
    assertThat(registry.findByType(ExchangeObserver.class)).isEmpty();
  }

  @Test
  void warnsOfPropertiesThatAreNoSettings() {
    registry.bind("openTelemetry", telemetry.openTelemetry());
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.redactors", "emails");
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.redact", "emails");
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("camel.llm-otel.redactors is no setting");
    }
  }

  @Test
  void sendsTheCallLogWhereAPropertySays() {
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.log", "slf4j");
    registry.bind("openTelemetry", telemetry.openTelemetry());
    try (CapturedLog log = new CapturedLog()) {
      context.start();
      makeCall();

      assertThat(log.text()).contains("call log to slf4j");
      assertThat(log.linesWith("Chat done")).hasSize(1);
    }
    assertThat(telemetry.logs()).isEmpty();
  }

  @Test
  void saysWhatWouldBeAPlaceForTheCallLog() {
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.log", "syslog");
    registry.bind("openTelemetry", telemetry.openTelemetry());
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("camel.llm-otel.log is 'syslog'; use auto, otlp, slf4j, both or none");
    }
    assertThat(registry.findByType(ExchangeObserver.class)).isEmpty();
  }

  @Test
  void saysThatContentsAreCapturedAndByWhomTheyAreRedacted() {
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.capture-content", "true");
    registry.bind("openTelemetry", telemetry.openTelemetry());
    registry.bind("redactor", (ContentRedactor) (kind, text) -> text);
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("GenAI telemetry of"))
          .singleElement()
          .asString()
          .contains("content span_and_event, 1 redactor,");
    }
  }

  @Test
  void saysOnceWhereTelemetryGoesAndNoSecret() {
    Map<String, String> variables =
        Map.of(
            "TRACELOOP_BASE_URL", "http://user:canary@127.0.0.1:9/otlp",
            "DT_OTLP_TOKEN", "canary",
            "OTEL_METRICS_EXPORTER", "none",
            "OTEL_LOGS_EXPORTER", "none");
    load(variables);
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("built from the environment"))
          .singleElement()
          .asString()
          .endsWith(
              "traces by OTLP http/protobuf to http://127.0.0.1:9/otlp, metrics by none, logs by"
                  + " none, temporality delta, profile seed, content off, call log to slf4j");
      assertThat(log.text()).doesNotContain("canary");
    }
    assertThat(registry.findByType(ExchangeObserver.class)).hasSize(1);
  }

  @Test
  void saysNoSecretWhenASettingIsWrong() {
    load(
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9",
            "OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=canary%zz"));
    try (CapturedLog log = new CapturedLog()) {
      context.start();

      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("The value of the OTLP header x-api-key is not percent-encoded");
      assertThat(log.text()).doesNotContain("canary");
    }
  }

  private void load(Map<String, String> variables) {
    new LlmTelemetryPlugin(properties -> new Environment(name -> null, variables::get, properties))
        .load(context);
  }

  private List<InterceptStrategy> interceptStrategies() {
    return context.getCamelContextExtension().getInterceptStrategies();
  }

  private void makeCall() {
    ExchangeObserver observer = registry.findSingleByType(ExchangeObserver.class);
    assertThat(observer).isNotNull();
    observer
        .observe(ExchangeBuilder.anExchange(context).build())
        .start(Calls.whole())
        .completed(Calls.response());
  }
}
