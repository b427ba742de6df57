/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.OtlpServer;
import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A collector that does not take what it is sent costs telemetry and nothing else: calls have their
 * results, the queue keeps its size, the stop its deadline, and the log tells once what was lost.
 */
class FailingCollectorTest {

  private static final int CALLS = 20;
  private static final String TOKEN = "canary-4f1d";

  /** Exporters try again after 429, 503 and a refused connection, for longer than this. */
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(1);

  /** Metrics are only collected as the last thing, and counted if there was time. */
  private static final String LOST =
      " %1$d spans, (\\d+ metrics, )?%1$d log records\\.".formatted(CALLS);

  private final CamelContext context = new DefaultCamelContext();

  @BeforeEach
  void forgetTheGlobalOne() {
    GlobalOpenTelemetry.resetForTest();
  }

  @AfterEach
  void stop() {
    context.stop();
    GlobalOpenTelemetry.resetForTest();
  }

  @ParameterizedTest
  @CsvSource({"401, no such token", "404, ''", "429, slow down", "503, <html>"})
  @Timeout(60)
  void refusesEverything(int status, String body) throws IOException {
    try (OtlpServer collector = new OtlpServer(OtlpServer.Answer.status(status, body));
        CapturedLog log = new CapturedLog()) {
      OwnSdk sdk = sdk(collector.url());
      assertThat(answers(sdk)).isEqualTo(answersWithoutTelemetry());
      sdk.close();

      assertThat(collector.requests()).isNotEmpty();
      assertSaysOnceWhatIsLost(log);
    }
  }

  @Test
  @Timeout(60)
  void isNotThere() throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      OwnSdk sdk = sdk(nobodysUrl());
      assertThat(answers(sdk)).isEqualTo(answersWithoutTelemetry());
      sdk.close();

      assertSaysOnceWhatIsLost(log);
    }
  }

  @Test
  @Timeout(60)
  void acceptsAndAnswersGarbage() throws IOException {
    try (OtlpServer collector = new OtlpServer(OtlpServer.Answer.status(200, "\u0001<garbage>"));
        CapturedLog log = new CapturedLog()) {
      OwnSdk sdk =
          sdk(
              collector.url(),
              Duration.ofSeconds(30),
              Map.of("otel.bsp.max.queue.size", "2048", "otel.exporter.otlp.timeout", "30000"));
      assertThat(answers(sdk)).isEqualTo(answersWithoutTelemetry());
      sdk.close();

      assertThat(collector.spans()).hasSize(CALLS);
      assertThat(log.linesWith("lost")).isEmpty();
    }
  }

  /** The calls all end while the first export still waits for an answer, and so does the stop. */
  @Test
  @SuppressWarnings("try") // what is released is there to be closed
  @Timeout(60)
  void neverAnswers() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    OtlpServer.Answer silence =
        exchange -> {
          held.countDown();
          awaitUninterruptibly(released);
        };
    try (OtlpServer collector = new OtlpServer(silence);
        AutoCloseable release = released::countDown;
        CapturedLog log = new CapturedLog()) {
      OwnSdk sdk =
          sdk(collector.url(), CLOSE_DEADLINE, Map.of("otel.exporter.otlp.timeout", "60000"));
      ProducerTemplate template = template(sdk);
      String first = ask(template, 0);
      held.await();
      List<String> others = IntStream.range(1, CALLS).mapToObj(i -> ask(template, i)).toList();
      sdk.close();

      assertThat(released.getCount()).isEqualTo(1);
      assertThat(first).isEqualTo(answersWithoutTelemetry().get(0));
      assertThat(others).isEqualTo(answersWithoutTelemetry().subList(1, CALLS));
      assertThat(log.linesWith("lost")).singleElement().asString().containsPattern(LOST);
    }
  }

  private static void assertSaysOnceWhatIsLost(CapturedLog log) {
    assertThat(log.linesWith("Telemetry does not arrive")).hasSizeLessThan(2);
    assertThat(log.linesWith("lost")).singleElement().asString().containsPattern(LOST);
    assertThat(log.text()).doesNotContain(TOKEN);
  }

  private List<String> answers(OwnSdk sdk) {
    ProducerTemplate template = template(sdk);
    return IntStream.range(0, CALLS).mapToObj(i -> ask(template, i)).toList();
  }

  private ProducerTemplate template(OwnSdk sdk) {
    context.getRegistry().bind("openTelemetry", sdk.openTelemetry());
    context.start();
    return context.createProducerTemplate();
  }

  private static List<String> answersWithoutTelemetry() {
    CamelContext plain = new DefaultCamelContext();
    plain.getPropertiesComponent().addInitialProperty("camel.llm-otel.enabled", "false");
    plain.start();
    try {
      ProducerTemplate template = plain.createProducerTemplate();
      return IntStream.range(0, CALLS).mapToObj(i -> ask(template, i)).toList();
    } finally {
      plain.stop();
    }
  }

  private static String ask(ProducerTemplate template, int question) {
    return template.requestBody("llm:simulator?model=demo", "Question " + question, String.class);
  }

  private static OwnSdk sdk(String url) {
    return sdk(url, CLOSE_DEADLINE, Map.of());
  }

  /** An SDK with room for four spans, that sends at once. */
  private static OwnSdk sdk(String url, Duration closeDeadline, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.exporter.otlp.endpoint", url);
    properties.put("otel.exporter.otlp.headers", "x-api-key=" + TOKEN);
    properties.put("otel.exporter.otlp.timeout", "100");
    properties.put("otel.bsp.max.queue.size", "4");
    properties.put("otel.bsp.max.export.batch.size", "4");
    properties.put("otel.bsp.schedule.delay", "1");
    properties.putAll(more);
    OtlpSettings settings =
        new OtlpSettings(new Environment(name -> null, name -> null, properties::get));
    return OwnSdk.build(settings.defaults("test"), settings.overrides(), closeDeadline);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String nobodysUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
