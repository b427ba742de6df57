/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Metrics at one moment, as Prometheus reads them.
 *
 * @param contentType for the answer's header
 * @param body UTF-8; not to be changed
 */
public record PrometheusText(String contentType, byte[] body) {

  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  /**
   * Writes metrics.
   *
   * @param accept the request's header, which may ask for OpenMetrics, the format with exemplars;
   *     null for the usual one
   */
  static PrometheusText of(MetricSnapshots metrics, @Nullable String accept) {
    // Not findWriter(accept): it takes protobuf, whose library is not here, over any text.
    ExpositionFormatWriter writer =
        accept != null && accept.contains("application/openmetrics-text")
            ? FORMATS.getOpenMetricsTextFormatWriter()
            : FORMATS.getPrometheusTextFormatWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes everything", e);
    }
    return new PrometheusText(writer.getContentType(), bytes.toByteArray());
  }
}
