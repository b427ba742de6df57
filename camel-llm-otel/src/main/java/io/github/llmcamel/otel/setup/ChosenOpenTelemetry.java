/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.opentelemetry.api.OpenTelemetry;
import java.util.Objects;

/**
 * Where telemetry goes.
 *
 * @param openTelemetry {@link OpenTelemetry#noop()} if the origin is {@link Origin#NONE}
 * @param description where it comes from and where it goes, for people, without secrets
 * @param lease to be closed when it is no longer used
 */
public record ChosenOpenTelemetry(
    OpenTelemetry openTelemetry, Origin origin, String description, Runnable lease)
    implements AutoCloseable {

  /** Where an OpenTelemetry comes from. */
  public enum Origin {
    /** A bean of the registry. */
    BEAN,
    /** The Java agent. */
    AGENT,
    /** {@code GlobalOpenTelemetry}. */
    GLOBAL,
    /** Built here from the environment. */
    BUILT,
    /** There is none. */
    NONE
  }

  public ChosenOpenTelemetry {
    Objects.requireNonNull(openTelemetry, "openTelemetry");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(lease, "lease");
  }

  /** Nothing to send telemetry to. */
  public static ChosenOpenTelemetry none(String description) {
    return ofOthers(OpenTelemetry.noop(), Origin.NONE, description);
  }

  /** An OpenTelemetry that somebody else made and closes. */
  static ChosenOpenTelemetry ofOthers(
      OpenTelemetry openTelemetry, Origin origin, String description) {
    return new ChosenOpenTelemetry(openTelemetry, origin, description, () -> {});
  }

  /** Whether there is something to send telemetry to. */
  public boolean isPresent() {
    return origin != Origin.NONE;
  }

  /** Ends the use of it; an SDK that was built here sends what is left if this was the last. */
  @Override
  public void close() {
    lease.run();
  }
}
