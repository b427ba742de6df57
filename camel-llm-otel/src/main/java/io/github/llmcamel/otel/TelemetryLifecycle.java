/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.context.FirstLook;
import io.github.llmcamel.otel.context.IncomingHeaders;
import io.github.llmcamel.otel.context.OutgoingHeaders;
import io.github.llmcamel.otel.context.SendersContext;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.github.llmcamel.otel.setup.ChosenOpenTelemetry;
import io.github.llmcamel.otel.setup.Environment;
import io.github.llmcamel.otel.setup.OpenTelemetryChoice;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telemetry over the life of one Camel context: set up once, at the first moment somebody needs it,
 * and taken down when the context has stopped. Camel calls it on one thread at a time.
 */
final class TelemetryLifecycle extends LifecycleStrategySupport {

  static final String ENABLED = "camel.llm-otel.enabled";

  private static final String OPEN_TELEMETRY = "llmTelemetryOpenTelemetry";

  private static final Logger LOG = LoggerFactory.getLogger(LlmTelemetryPlugin.class);

  private static final Set<String> CAMEL_TRACERS =
      Set.of(
          "org.apache.camel.opentelemetry.OpenTelemetryTracer",
          "org.apache.camel.opentelemetry2.OpenTelemetryTracer");

  private final Function<Function<String, @Nullable String>, Environment> environment;
  private final List<String> boundNames = new ArrayList<>();
  private final List<EventNotifier> listeners = new ArrayList<>();
  private @Nullable LlmTelemetryInterceptStrategy traceOfNodes;
  private @Nullable ChosenOpenTelemetry chosen;
  private @Nullable LlmTelemetry open;

  TelemetryLifecycle(Function<Function<String, @Nullable String>, Environment> environment) {
    this.environment = environment;
  }

  /** Camel's tracer looks for a tracer of OpenTelemetry right after this, and only once. */
  @Override
  public void onServiceAdd(CamelContext context, Service service, @Nullable Route route) {
    if (isCamelTracer(service)) {
      safely(
          context,
          () -> {
            if (choose(context).isPresent()) {
              listen(context, new SendersContext());
              listen(context, new IncomingHeaders());
            }
          });
    }
  }

  @Override
  public void onContextInitializing(CamelContext context) {
    safely(context, () -> switchOn(context));
  }

  @Override
  public void onContextStopped(CamelContext context) {
    tearDown(context);
    chosen = null;
  }

  private void switchOn(CamelContext context) {
    ChosenOpenTelemetry choice = choose(context);
    if (!choice.isPresent()) {
      LOG.info("GenAI telemetry of {}: {}", context.getName(), choice.description());
      return;
    }
    TelemetryProperties said =
        TelemetryProperties.of(
            environment.apply(properties(context)), ContentExtensions.of(context));
    for (String unknown : UnknownProperties.of(context)) {
      LOG.warn("{} is no setting and changes nothing. Correct its name.", unknown);
    }
    LlmTelemetry telemetry = telemetry(context, choice.openTelemetry(), said.settings());
    open = telemetry;
    // Routes are built after this. Camel adds the same one only once, also after a restart.
    if (traceOfNodes == null) {
      traceOfNodes = new LlmTelemetryInterceptStrategy(telemetry.settings());
    }
    context.getCamelContextExtension().addInterceptStrategy(traceOfNodes);
    listen(context, new FirstLook());
    if (said.propagateHeaders()) {
      listen(context, new OutgoingHeaders());
    }
    LOG.info(
        "GenAI telemetry of {}: {}, {}, call log to {}",
        context.getName(),
        choice.description(),
        said.description(),
        telemetry.logTarget());
  }

  /** The application's own, or one that is bound here. */
  private LlmTelemetry telemetry(
      CamelContext context, OpenTelemetry openTelemetry, TelemetrySettings settings) {
    Registry registry = context.getRegistry();
    Set<LlmTelemetry> bound = registry.findByType(LlmTelemetry.class);
    if (!bound.isEmpty()) {
      return bound.iterator().next();
    }
    LlmTelemetry telemetry = LlmTelemetry.create(openTelemetry, settings);
    bind(registry, "llmTelemetry", telemetry);
    return telemetry;
  }

  private ChosenOpenTelemetry choose(CamelContext context) {
    ChosenOpenTelemetry choice = chosen;
    if (choice == null) {
      choice = newChoice(context);
      chosen = choice;
      if (choice.isPresent()) {
        share(context.getRegistry(), choice.openTelemetry());
      }
    }
    return choice;
  }

  private ChosenOpenTelemetry newChoice(CamelContext context) {
    Environment settings = environment.apply(properties(context));
    if (!TelemetryProperties.isOn(settings, ENABLED, true)) {
      return ChosenOpenTelemetry.none("off, since %s=false".formatted(ENABLED));
    }
    return OpenTelemetryChoice.inJvm(settings)
        .choose(ofApplication(context.getRegistry()), context.getName());
  }

  /** Without the one that another context of the same registry has bound, which closes it. */
  private static Set<OpenTelemetry> ofApplication(Registry registry) {
    Map<String, OpenTelemetry> beans =
        new HashMap<>(registry.findByTypeWithName(OpenTelemetry.class));
    beans.remove(OPEN_TELEMETRY);
    return Set.copyOf(beans.values());
  }

  private static Function<String, @Nullable String> properties(CamelContext context) {
    return key -> context.getPropertiesComponent().resolveProperty(key).orElse(null);
  }

  /** So that the spans of Camel's routes, the application's and ours go to the same place. */
  private void share(Registry registry, OpenTelemetry openTelemetry) {
    if (registry.findByType(OpenTelemetry.class).isEmpty()) {
      bind(registry, OPEN_TELEMETRY, openTelemetry);
    }
    if (!registry.findByType(Tracer.class).isEmpty()) {
      return;
    }
    bind(registry, "llmTelemetryTracer", openTelemetry.getTracer("camel"));
    if (registry.findByType(ContextPropagators.class).isEmpty()) {
      bind(registry, "llmTelemetryPropagators", openTelemetry.getPropagators());
    }
  }

  private void listen(CamelContext context, EventNotifier listener) {
    ServiceHelper.startService(listener);
    context.getManagementStrategy().addEventNotifier(listener);
    listeners.add(listener);
  }

  private void bind(Registry registry, String name, Object bean) {
    registry.bind(name, bean);
    boundNames.add(name);
  }

  private void safely(CamelContext context, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      LOG.warn(
          "GenAI telemetry of {} is off, routes run without it: {}. Correct this, or set {}=false.",
          context.getName(),
          e.toString(),
          ENABLED);
      LOG.debug("GenAI telemetry could not be set up", e);
      tearDown(context);
      chosen = ChosenOpenTelemetry.none("off after a failure");
    }
  }

  private void tearDown(CamelContext context) {
    boundNames.forEach(context.getRegistry()::unbind);
    boundNames.clear();
    listeners.forEach(context.getManagementStrategy()::removeEventNotifier);
    ServiceHelper.stopService(listeners);
    listeners.clear();
    if (open != null) {
      open.close();
      open = null;
    }
    if (chosen != null) {
      chosen.close();
    }
  }

  private static boolean isCamelTracer(Service service) {
    return Stream.<@Nullable Class<?>>iterate(
            service.getClass(), Objects::nonNull, Class::getSuperclass)
        .map(Class::getName)
        .anyMatch(CAMEL_TRACERS::contains);
  }
}
