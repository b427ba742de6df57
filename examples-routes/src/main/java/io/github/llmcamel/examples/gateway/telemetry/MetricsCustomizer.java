/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives the metrics of an SDK that is being built to the open {@link GatewayMetrics}, whatever
 * exporters it has. OpenTelemetry finds it by itself.
 *
 * <p>Not as an exporter with a name: the environment beats what a gateway could name, and {@code
 * OTEL_METRICS_EXPORTER=otlp} would leave it without metrics.
 */
public final class MetricsCustomizer implements AutoConfigurationCustomizerProvider {

  /** For OpenTelemetry to find it. */
  public MetricsCustomizer() {}

  @Override
  public void customize(AutoConfigurationCustomizer configuration) {
    GatewayMetrics metrics = GatewayMetrics.current();
    if (metrics != null) {
      configuration.addPropertiesCustomizer(MetricsCustomizer::withoutGateway);
      configuration.addMeterProviderCustomizer(
          (provider, config) -> provider.registerMetricReader(metrics.newReader()));
    }
  }

  /** The name only says that metrics are wanted; OpenTelemetry knows no exporter of that name. */
  private static Map<String, String> withoutGateway(ConfigProperties config) {
    List<String> exporters = new ArrayList<>(config.getList(ExportDefaults.METRICS_EXPORTER));
    if (!exporters.remove(ExportDefaults.GATEWAY)) {
      return Map.of();
    }
    return Map.of(
        ExportDefaults.METRICS_EXPORTER,
        exporters.isEmpty() ? ExportDefaults.NONE : String.join(",", exporters));
  }
}
