/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a gateway tells about the requests it serves: a span and metrics of each, a line in its
 * access log, and all metrics in the format of Prometheus.
 *
 * <p>Facts about requests come in; OpenTelemetry, the log, and whoever reads {@code /metrics} get
 * them. Contents of requests and answers never come here. The gateway's server imports this
 * package; it imports nothing of the gateway. Everything is safe for the threads of the server, and
 * nothing waits. {@link io.github.llmcamel.examples.gateway.telemetry.ServerTelemetry} is the type
 * to open first.
 */
@NullMarked
package io.github.llmcamel.examples.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
