/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import io.github.llmcamel.examples.gateway.server.AnswerWriter;
import io.github.llmcamel.examples.gateway.server.Edge;
import io.github.llmcamel.examples.gateway.server.JsonErrorHandler;
import io.github.llmcamel.examples.gateway.server.OpenRequests;
import io.github.llmcamel.examples.gateway.server.Pages;
import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.status.GatewayCounts;
import io.github.llmcamel.examples.gateway.status.StatusReport;
import io.github.llmcamel.examples.gateway.steps.Attempts;
import io.github.llmcamel.examples.gateway.steps.ChatAnswer;
import io.github.llmcamel.examples.gateway.steps.EmbeddingsAnswer;
import io.github.llmcamel.examples.gateway.steps.Intake;
import io.github.llmcamel.examples.gateway.steps.ModelCatalog;
import io.github.llmcamel.examples.gateway.steps.ModelList;
import io.github.llmcamel.examples.gateway.steps.ReadChat;
import io.github.llmcamel.examples.gateway.steps.ReadEmbeddings;
import io.github.llmcamel.examples.gateway.steps.Refuse;
import io.github.llmcamel.examples.gateway.telemetry.ExportDefaults;
import io.github.llmcamel.examples.gateway.telemetry.GatewayMetrics;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;

/** Puts the parts that the routes name into the registry, before Camel reads the routes. */
final class GatewayParts extends MainListenerSupport {

  private final Supplier<GatewaySettings> settings;
  private final OpenRequests open;
  private final GatewayMetrics metrics;
  private final GatewayCounts counts;
  private final ServerSocketChannel socket;

  /**
   * @param settings gives those that hold at the moment
   * @param socket where clients come in
   */
  GatewayParts(
      Supplier<GatewaySettings> settings,
      OpenRequests open,
      GatewayMetrics metrics,
      GatewayCounts counts,
      ServerSocketChannel socket) {
    this.settings = settings;
    this.open = open;
    this.metrics = metrics;
    this.counts = counts;
    this.socket = socket;
  }

  @Override
  public void beforeInitialize(BaseMainSupport main) {
    try {
      bind(main.getCamelContext());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void bind(CamelContext context) throws Exception {
    PropertiesComponent properties = context.getPropertiesComponent();
    ExportDefaults.missing(name -> properties.resolveProperty(name).orElse(null))
        .forEach(properties::addInitialProperty);
    ScheduledExecutorService timer =
        context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "gateway-timer");
    AnswerWriter writer = new AnswerWriter(timer, settings.get().limits().longestSilence());
    Intake intake = new Intake(settings);
    ModelCatalog catalog = new ModelCatalog(context, settings);
    context.addService(catalog);

    Registry registry = context.getRegistry();
    Pages pages =
        new Pages(
            settings,
            open,
            metrics,
            new StatusReport(context, counts, open::isDraining, Clock.systemUTC()));
    registry.bind(
        "gatewayEdge",
        new Edge(
            settings,
            () -> registry.findSingleByType(OpenTelemetry.class),
            open,
            counts,
            pages,
            socket));
    registry.bind("gatewayErrors", new JsonErrorHandler());
    registry.bind("readChat", new ReadChat(intake));
    registry.bind("readEmbeddings", new ReadEmbeddings(intake));
    registry.bind("attempts", new Attempts());
    registry.bind("chatAnswer", new ChatAnswer(writer));
    registry.bind("embeddingsAnswer", new EmbeddingsAnswer(writer));
    registry.bind("modelList", new ModelList(catalog, writer));
    registry.bind("refuse", new Refuse(writer));
  }
}
