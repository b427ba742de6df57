/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.settings.Limits;
import io.github.llmcamel.examples.gateway.status.GatewayCounts;
import io.github.llmcamel.examples.gateway.telemetry.ServerTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Where every request comes in, before Camel's servlet: it gets its id, is admitted or refused, is
 * read completely, so that one that never ends takes nobody's turn, and waits for its own. None of
 * it occupies a thread.
 *
 * <p>Camel puts the servlet behind it: {@code handlers=#gatewayEdge} at the endpoints.
 */
public final class Edge extends Handler.Wrapper {

  private static final ServerTelemetry NO_TELEMETRY = ServerTelemetry.of(null);
  static final String REQUEST_ID = "x-request-id";
  private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  private final Supplier<GatewaySettings> settings;
  private final Supplier<@Nullable OpenTelemetry> openTelemetry;
  private final OpenRequests open;
  private final GatewayCounts counts;
  private final ServerSocketChannel socket;
  private final Handler.Singleton last = new WatchedHandler();
  // Whoever watches the gateway must not see itself.
  private final GatewayCounts countsOfPages = new GatewayCounts(Clock.systemUTC());
  private ServerTelemetry telemetry = NO_TELEMETRY;

  /**
   * @param settings gives those that hold at the moment; limits are read once, now
   * @param openTelemetry gives it when the server starts; null if there is none
   * @param open is told of every request
   * @param pages what is served beside the API
   * @param socket where clients come in, bound; the server closes it
   */
  public Edge(
      Supplier<GatewaySettings> settings,
      Supplier<@Nullable OpenTelemetry> openTelemetry,
      OpenRequests open,
      GatewayCounts counts,
      Handler.Singleton pages,
      ServerSocketChannel socket) {
    this.settings = settings;
    this.openTelemetry = openTelemetry;
    this.open = open;
    this.counts = counts;
    this.socket = socket;
    GatewaySettings now = settings.get();
    Limits limits = now.limits();
    List<Handler.Singleton> inner =
        List.of(
            pages,
            new Gatekeeper(settings, open),
            new WholeBodies(
                limits.maxBodyBytes(), limits.receiveTimeout(), new BodyMemory(memoryForBodies())),
            new Turnstile(limits),
            last);
    for (int i = 1; i < inner.size(); i++) {
      inner.get(i - 1).setHandler(inner.get(i));
    }
    super.setHandler(
        now.corsOrigins().isEmpty()
            ? inner.get(0)
            : CrossOrigin.handler(now.corsOrigins(), inner.get(0)));
  }

  private static long memoryForBodies() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  /** The server has its connectors by then, and has not opened them yet. */
  @Override
  public void setServer(Server server) {
    super.setServer(server);
    Listeners.configure(server, settings.get().limits(), socket);
  }

  @Override
  protected void doStart() throws Exception {
    telemetry = ServerTelemetry.of(openTelemetry.get());
    super.doStart();
  }

  /** Puts the servlet behind all that is done here. */
  @Override
  public void setHandler(Handler servlet) {
    last.setHandler(servlet);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    GatewayRequest observed = observe(request);
    observed.attachTo(request);
    response.getHeaders().put(REQUEST_ID, observed.id());
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    open.begin(observed);
    Callback ending =
        Callback.from(
            () -> {
              end(observed, response, null);
              callback.succeeded();
            },
            failure -> {
              end(observed, response, failure);
              callback.failed(failure);
            });
    Handling.passOn(super::handle, request, response, ending);
    return true;
  }

  private GatewayRequest observe(Request request) {
    GatewaySettings now = settings.get();
    ApiPath path = ApiPath.of(request.getHttpURI());
    Caller caller = Caller.of(request, now.keys());
    return new GatewayRequest(
        id(request),
        request,
        path,
        caller,
        RequestSpans.start(
            path.isPage() ? NO_TELEMETRY : telemetry, request, path, caller, now.trustTrace()),
        (path.isPage() ? countsOfPages : counts).arrived());
  }

  private void end(GatewayRequest observed, Response response, @Nullable Throwable failure) {
    open.end(observed);
    observed.end(response.isCommitted() ? response.getStatus() : 0, failure);
  }

  /** Gives what is refused before it comes here an id as well. */
  static void identify(Request request, Response response) {
    GatewayRequest observed = GatewayRequest.of(request);
    response.getHeaders().put(REQUEST_ID, observed == null ? id(request) : observed.id());
  }

  private static String id(Request request) {
    String given = request.getHeaders().get(REQUEST_ID);
    return given != null && SAFE_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
