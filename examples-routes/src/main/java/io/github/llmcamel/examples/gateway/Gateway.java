/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import io.github.llmcamel.examples.gateway.server.ListeningSocket;
import io.github.llmcamel.examples.gateway.server.OpenRequests;
import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.settings.Limits;
import io.github.llmcamel.examples.gateway.settings.SettingsFile;
import io.github.llmcamel.examples.gateway.settings.Target;
import io.github.llmcamel.examples.gateway.status.GatewayCounts;
import io.github.llmcamel.examples.gateway.telemetry.GatewayMetrics;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import io.github.llmcamel.examples.launch.Starter;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** A gateway, from its start to the end of its last answer. */
final class Gateway implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVERYWHERE = "0.0.0.0";

  private static final GatewaySettings DEFAULTS = GatewaySettings.read(new Properties());

  /** For answers that are told to end. */
  private static final Duration FOR_ENDINGS = Duration.ofSeconds(10);

  /**
   * Those of the server. Nothing waits on them, so that more would only be memory; and Jetty would
   * start more, up to the most it may have, whenever a crowd connects or leaves.
   */
  private static final String THREADS =
      Integer.toString(8 + 2 * Runtime.getRuntime().availableProcessors());

  private final Main main = new Main();
  private final GatewayCounts counts = new GatewayCounts(Clock.systemUTC());
  private final OpenRequests open = new OpenRequests();
  private final GatewayMetrics metrics = GatewayMetrics.open();
  private final @Nullable SettingsFile file;
  private final Supplier<GatewaySettings> settings;
  private final ServerSocketChannel socket;
  private final URI address;
  private boolean isStopping;

  /**
   * @param config null for none: the simulator answers
   * @param host null for this machine alone without keys, and every address with keys
   * @param port 0 for a free one
   * @throws CannotStartException if something of it is wrong
   */
  Gateway(@Nullable Path config, @Nullable String host, int port, Dsl dsl)
      throws CannotStartException {
    try {
      file = config == null ? null : new SettingsFile(config, this::check);
      settings = file == null ? () -> DEFAULTS : file::current;
      String listening = listening(host);
      socket = ListeningSocket.open(resolve(listening), port);
      address = address(file != null && file.hasTls(), listening, socket.socket().getLocalPort());
      configure(config, dsl);
    } catch (IOException | IllegalArgumentException e) {
      metrics.close();
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  /**
   * Starts.
   *
   * @throws CannotStartException if it cannot
   */
  void start() throws CannotStartException {
    try {
      Starter.start(main);
      check(settings.get());
      if (file != null) {
        main.getCamelContext().addService(file);
      }
    } catch (Exception e) {
      // Whatever Camel refuses now is the file's: all else is the same in every gateway.
      String where = file == null ? "" : file + ": ";
      throw new CannotStartException(where + e.getMessage(), e);
    }
    main.getShutdownStrategy().addShutdownListener(this::stop);
  }

  /** Where clients find it. */
  URI address() {
    return address;
  }

  /** Tells how to use it. */
  void describe(PrintWriter terminal) {
    boolean isOpen = settings.get().keys().isEmpty();
    List<String> names = settings.get().models().aliases();
    String here = address.toString().replace(EVERYWHERE, "localhost");
    terminal.printf("The gateway serves OpenAI's API at %s/v1%n", here);
    terminal.printf("Status: %s/%n", here);
    if (isOpen) {
      terminal.printf(
          "There are no keys, so it answers this machine alone. To let others in: run gateway"
              + " create-key NAME%n");
    }
    terminal.printf(
        "Try it: curl -N %s/v1/chat/completions -H 'Content-Type: application/json'%s -d"
            + " '{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'%n",
        here,
        isOpen ? "" : " -H 'Authorization: Bearer sk-…'",
        names.isEmpty() ? "demo" : names.get(0));
    terminal.flush();
  }

  /** Waits until the process is told to end, and all answers are over. */
  void awaitStop() throws InterruptedException {
    main.getShutdownStrategy().await();
  }

  /**
   * Takes no more requests, lets answers come to their end for a while, and stops. The routes work
   * until then: an answer may still need its next attempt. A second thread waits for the first: the
   * process must not end before.
   */
  private synchronized void stop() {
    CamelContext context = main.getCamelContext();
    if (isStopping || context == null) {
      return;
    }
    isStopping = true;
    open.drain();
    if (!open.awaitEnd(settings.get().limits().drainTimeout())) {
      open.endAll();
      open.awaitEnd(FOR_ENDINGS);
    }
    context.stop();
  }

  @Override
  public void close() {
    stop();
    main.stop();
    metrics.close();
    ListeningSocket.close(socket);
  }

  private void configure(@Nullable Path config, Dsl dsl) {
    main.setPropertyPlaceholderLocations(
        (config == null ? "" : "file:" + config.toAbsolutePath() + ",") // The first one wins.
            + "classpath:gateway.properties");
    Limits limits = settings.get().limits();
    main.addInitialProperty("gateway.address", address.toString());
    main.addInitialProperty("camel.component.jetty.min-threads", THREADS);
    main.addInitialProperty("camel.component.jetty.max-threads", THREADS);
    // A client that takes nothing is the gateway's to cut, not the component's.
    main.addInitialProperty(
        "camel.component.llm.consumer-timeout",
        Long.toString(limits.clientIdleTimeout().plusMinutes(5).toMillis()));
    main.addInitialProperty(
        "gateway.server",
        "handlers=#gatewayEdge&mapHttpMessageBody=false&mapHttpMessageFormUrlEncodedBody=false"
            + "&enableMultipartFilter=false&continuationTimeout=0&idleTimeout="
            + limits.clientIdleTimeout().toMillis());
    main.configure().setShutdownTimeout((int) FOR_ENDINGS.toSeconds());
    main.addMainListener(new GatewayParts(settings, open, metrics, counts, socket));
    if (dsl == Dsl.java) {
      main.configure().addRoutesBuilder(new GatewayRoutes());
    } else {
      main.configure().withRoutesIncludePattern("classpath:routes/gateway.camel." + dsl);
    }
  }

  /** Asks Camel for every endpoint, so that a wrong one is found before a client needs it. */
  private void check(GatewaySettings wanted) {
    for (Target target : wanted.models().targets()) {
      try {
        main.getCamelContext().getEndpoint(target.liveChat());
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("%s: %s".formatted(target, Starter.reason(e)), e);
      }
    }
  }

  private String listening(@Nullable String host) {
    boolean isOpen = settings.get().keys().isEmpty();
    String listening = host != null ? host : isOpen ? LOOPBACK : EVERYWHERE;
    if (isOpen && !resolve(listening).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "--host is %s, which others can reach, but there are no keys. Make one with create-key, or"
                  .formatted(listening)
              + " listen at 127.0.0.1.");
    }
    return listening;
  }

  private static URI address(boolean hasTls, String listening, int port) {
    // The colons of an address of IPv6 would be taken for the one before the port.
    String name = listening.matches("[^\\[].*:.*") ? "[" + listening + "]" : listening;
    return URI.create("%s://%s:%d".formatted(hasTls ? "https" : "http", name, port));
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--host is %s, which is no address here.".formatted(host), e);
    }
  }
}
