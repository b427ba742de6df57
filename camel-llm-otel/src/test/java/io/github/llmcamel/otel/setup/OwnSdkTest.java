/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OwnSdkTest {

  private final ExportLosses losses = new ExportLosses();

  @Test
  void sendsWhatIsLeftOnADaemonThreadOfItsOwnAndSaysNothing() {
    AtomicReference<Thread> closer = new AtomicReference<>();
    SpanExporter exporter = new AnsweringExporter(CompletableResultCode.ofSuccess());
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(
                        SimpleSpanProcessor.create(
                            new AnsweringExporter(CompletableResultCode.ofSuccess()) {
                              @Override
                              public CompletableResultCode shutdown() {
                                closer.set(Thread.currentThread());
                                return super.shutdown();
                              }
                            }))
                    .addSpanProcessor(BatchSpanProcessor.builder(losses.watch(exporter)).build())
                    .build())
            .build();
    endOneSpan(sdk);

    try (CapturedLog log = new CapturedLog()) {
      new OwnSdk(sdk, losses, Duration.ofSeconds(10)).close();

      assertThat(log.text()).isEmpty();
    }
    assertThat(closer.get())
        .extracting(Thread::isDaemon, Thread::getName)
        .containsExactly(true, "camel-llm-otel-shutdown");
  }

  @Test
  void saysWhatDidNotArrive() {
    OpenTelemetrySdk sdk = sdkWith(new AnsweringExporter(CompletableResultCode.ofFailure()));
    endOneSpan(sdk);
    endOneSpan(sdk);

    try (CapturedLog log = new CapturedLog()) {
      new OwnSdk(sdk, losses, Duration.ofSeconds(10)).close();

      assertThat(log.linesWith("lost"))
          .singleElement()
          .asString()
          .endsWith("Telemetry did not reach the collector and is lost: 2 spans.");
    }
  }

  @Test
  @Timeout(10)
  void givesUpAtTheDeadlineAndSaysSo() {
    CompletableResultCode never = new CompletableResultCode();
    OpenTelemetrySdk sdk = sdkWith(new AnsweringExporter(never));
    endOneSpan(sdk);

    try (CapturedLog log = new CapturedLog()) {
      new OwnSdk(sdk, losses, Duration.ofMillis(500)).close();

      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("is lost: ")
          .contains("1 spans");
    }
    never.fail();
  }

  @Test
  @Timeout(10)
  void waitsForTheLastSpansAlsoWhenInterrupted() throws Exception {
    CompletableResultCode answer = new CompletableResultCode();
    CountDownLatch exporting = new CountDownLatch(1);
    OpenTelemetrySdk sdk =
        sdkWith(
            new AnsweringExporter(answer) {
              @Override
              public CompletableResultCode export(Collection<SpanData> spans) {
                exporting.countDown();
                return super.export(spans);
              }
            });
    endOneSpan(sdk);
    AtomicReference<Boolean> interruptedAfterwards = new AtomicReference<>();
    Thread stopping =
        new Thread(
            () -> {
              new OwnSdk(sdk, losses, Duration.ofSeconds(10)).close();
              interruptedAfterwards.set(Thread.currentThread().isInterrupted());
            });
    stopping.start();
    exporting.await();
    stopping.interrupt();
    answer.succeed();
    stopping.join();

    assertThat(interruptedAfterwards.get()).isTrue();
    assertThat(losses.describe()).isEmpty();
  }

  private OpenTelemetrySdk sdkWith(SpanExporter exporter) {
    BatchSpanProcessor processor = BatchSpanProcessor.builder(losses.watch(exporter)).build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            losses.count(SdkTracerProvider.builder()).addSpanProcessor(processor).build())
        .build();
  }

  private static void endOneSpan(OpenTelemetry openTelemetry) {
    openTelemetry.getTracer("test").spanBuilder("span").startSpan().end();
  }
}
