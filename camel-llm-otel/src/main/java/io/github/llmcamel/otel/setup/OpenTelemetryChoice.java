/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.github.llmcamel.otel.setup.ChosenOpenTelemetry.Origin;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which OpenTelemetry telemetry goes to. The first that is there wins: a bean, the Java
 * agent's, the global one, one built from the environment.
 *
 * <p>The global one is looked at, never set.
 */
public final class OpenTelemetryChoice {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTelemetryChoice.class);

  private final Environment environment;
  private final @Nullable String apiVersion;
  private final BooleanSupplier agentPresence;
  private final Supplier<OpenTelemetry> agent;
  private final SharedSdk sharedSdk;

  /** A choice within this JVM. */
  public static OpenTelemetryChoice inJvm(Environment environment) {
    return new OpenTelemetryChoice(
        environment,
        OpenTelemetryApi.version(),
        JavaAgent::isPresent,
        OpenTelemetryApi::ofAgent,
        SharedSdk.OF_JVM);
  }

  OpenTelemetryChoice(
      Environment environment,
      @Nullable String apiVersion,
      BooleanSupplier agentPresence,
      Supplier<OpenTelemetry> agent,
      SharedSdk sharedSdk) {
    this.environment = environment;
    this.apiVersion = apiVersion;
    this.agentPresence = agentPresence;
    this.agent = agent;
    this.sharedSdk = sharedSdk;
  }

  /**
   * Chooses.
   *
   * @param beans every OpenTelemetry of the registry
   * @param contextName names the service if nothing else does
   * @throws IllegalStateException if the application's OpenTelemetry API is too old
   * @throws RuntimeException if an SDK is to be built and a setting is wrong
   * @throws LinkageError if an SDK is to be built and its jars are missing
   */
  public ChosenOpenTelemetry choose(Collection<OpenTelemetry> beans, String contextName) {
    if (!OpenTelemetryApi.isSupported(apiVersion)) {
      throw new IllegalStateException(
          "OpenTelemetry API %s is too old: use io.opentelemetry:opentelemetry-api %s or newer"
              .formatted(apiVersion, OpenTelemetryApi.OLDEST));
    }
    if (beans.size() == 1) {
      return ChosenOpenTelemetry.ofOthers(
          beans.iterator().next(), Origin.BEAN, "OpenTelemetry from the registry");
    }
    if (beans.size() > 1) {
      LOG.warn(
          "The registry holds {} OpenTelemetry beans, so telemetry uses none of them. Leave one.",
          beans.size());
    }
    if (agentPresence.getAsBoolean()) {
      return ChosenOpenTelemetry.ofOthers(
          agent.get(), Origin.AGENT, "OpenTelemetry of the Java agent");
    }
    OpenTelemetry global = OpenTelemetryApi.global();
    if (global != null) {
      return ChosenOpenTelemetry.ofOthers(global, Origin.GLOBAL, "the global OpenTelemetry");
    }
    return build(contextName);
  }

  private ChosenOpenTelemetry build(String contextName) {
    OtlpSettings settings = new OtlpSettings(environment);
    if (!settings.askForExport()) {
      return ChosenOpenTelemetry.none(
          "off. There is no OpenTelemetry in the registry, no agent, no global one, and nothing"
              + " names where to export to: set OTEL_EXPORTER_OTLP_ENDPOINT to switch it on");
    }
    SharedSdk.Lease lease =
        sharedSdk.lease(() -> OwnSdk.build(settings.defaults(contextName), settings.overrides()));
    return new ChosenOpenTelemetry(
        lease.openTelemetry(),
        Origin.BUILT,
        "OpenTelemetry built from the environment, " + settings.describe(),
        lease::close);
  }
}
