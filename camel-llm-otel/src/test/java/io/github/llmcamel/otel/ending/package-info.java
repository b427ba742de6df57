/**
 * Every way a call can end, and what each leaves in telemetry.
 *
 * <p>{@link io.github.llmcamel.otel.ending.Endings} is the table: what the server does, what the
 * route does, what is expected. {@link io.github.llmcamel.otel.ending.Stage} plays one line of it,
 * with a call to another server beside it.
 */
@NullMarked
package io.github.llmcamel.otel.ending;

import org.jspecify.annotations.NullMarked;
