/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OpenTelemetry SDK that was built here, for an application that has none.
 *
 * <p>Never registered globally: that place is the application's. The only class that needs the SDK
 * on the class path, together with {@link ExportLosses}.
 */
final class OwnSdk implements SharedSdk.Sdk {

  private static final Logger LOG = LoggerFactory.getLogger(OwnSdk.class);

  private static final String SERVICE_INSTANCE_ID = "service.instance.id";

  /** With the three seconds that contents may take before, telemetry stops within ten. */
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(7);

  private final OpenTelemetrySdk sdk;
  private final ExportLosses losses;
  private final Duration closeDeadline;

  OwnSdk(OpenTelemetrySdk sdk, ExportLosses losses, Duration closeDeadline) {
    this.sdk = sdk;
    this.losses = losses;
    this.closeDeadline = closeDeadline;
  }

  /**
   * Builds an SDK.
   *
   * @param defaults hold where neither environment nor JVM properties say otherwise
   * @param overrides hold over everything
   * @throws RuntimeException if a setting is wrong; its message says which
   */
  static OwnSdk build(Map<String, String> defaults, Map<String, String> overrides) {
    return build(defaults, overrides, CLOSE_DEADLINE);
  }

  static OwnSdk build(
      Map<String, String> defaults, Map<String, String> overrides, Duration closeDeadline) {
    ExportLosses losses = new ExportLosses();
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            // Its hook would close the SDK while Camel's still lets exchanges finish.
            .disableShutdownHook()
            .addPropertiesSupplier(() -> defaults)
            .addPropertiesCustomizer(config -> overrides)
            .addResourceCustomizer((resource, config) -> withInstanceId(resource))
            .addTracerProviderCustomizer((provider, config) -> losses.count(provider))
            .addLoggerProviderCustomizer((provider, config) -> losses.count(provider))
            .addSpanExporterCustomizer((exporter, config) -> losses.watch(exporter))
            .addMetricExporterCustomizer((exporter, config) -> losses.watch(exporter))
            .addLogRecordExporterCustomizer((exporter, config) -> losses.watch(exporter))
            .build()
            .getOpenTelemetrySdk();
    return new OwnSdk(sdk, losses, closeDeadline);
  }

  private static Resource withInstanceId(Resource resource) {
    boolean isKnown =
        resource.getAttributes().asMap().keySet().stream()
            .anyMatch(key -> key.getKey().equals(SERVICE_INSTANCE_ID));
    return isKnown
        ? resource
        : resource.merge(
            Resource.create(
                Attributes.builder()
                    .put(SERVICE_INSTANCE_ID, UUID.randomUUID().toString())
                    .build()));
  }

  @Override
  public OpenTelemetry openTelemetry() {
    return sdk;
  }

  /**
   * Sends what is left and closes, all signals within one deadline.
   *
   * <p>On a thread of its own, since exporters block and nobody can interrupt them; the caller
   * waits for it, else the JVM would exit before the last spans are out.
   */
  @Override
  public void close() {
    Thread flush =
        new Thread(
            () -> sdk.shutdown().join(closeDeadline.toNanos(), TimeUnit.NANOSECONDS),
            "camel-llm-otel-shutdown");
    flush.setDaemon(true);
    flush.start();
    await(flush);
    String lost = losses.total();
    if (flush.isAlive()) {
      LOG.warn(
          "Telemetry could not be sent within {} s and is lost: {}. Is the collector reachable?",
          closeDeadline.toSeconds(),
          lost.isEmpty() ? "an unknown amount" : "at least " + lost);
    } else if (!lost.isEmpty()) {
      LOG.warn("Telemetry did not reach the collector and is lost: {}.", lost);
    }
  }

  /** Waits even if interrupted: who stops Camel in a hurry still wants the last spans. */
  private void await(Thread flush) {
    long deadline = System.nanoTime() + closeDeadline.toNanos();
    boolean interrupted = false;
    while (flush.isAlive() && deadline - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(flush, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
