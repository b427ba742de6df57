/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.settings.StatusAccess;
import io.github.llmcamel.examples.gateway.status.StatusPage;
import io.github.llmcamel.examples.gateway.status.StatusReport;
import io.github.llmcamel.examples.gateway.telemetry.GatewayMetrics;
import io.github.llmcamel.examples.gateway.telemetry.PrometheusText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What is served beside the API, to whoever looks after the gateway. */
public final class Pages extends Handler.Wrapper {

  private static final String JSON = "application/json";

  private final Supplier<GatewaySettings> settings;
  private final OpenRequests open;
  private final GatewayMetrics metrics;
  private final StatusReport report;
  private final StatusPage page = new StatusPage();

  /**
   * @param settings gives those that hold at the moment
   */
  public Pages(
      Supplier<GatewaySettings> settings,
      OpenRequests open,
      GatewayMetrics metrics,
      StatusReport report) {
    this.settings = settings;
    this.open = open;
    this.metrics = metrics;
    this.report = report;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    GatewayRequest observed = Objects.requireNonNull(GatewayRequest.of(request));
    ApiPath path = observed.path();
    if (!path.isPage() || !path.methods().contains(request.getMethod())) {
      return super.handle(request, response, callback);
    }
    if (path.isPrivate() && !maySee(observed.caller())) {
      Refusal.write(
          request,
          response,
          callback,
          OpenAiError.unauthenticated(
              "This page is for callers with a key, and for this machine. gateway.status=public"
                  + " shows it to all."));
      return true;
    }
    Page found = page(path.template(), request.getHeaders().get(HttpHeader.ACCEPT));
    response.setStatus(found.status());
    StatusPage.HEADERS.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, found.contentType());
    if (!HttpMethod.HEAD.is(request.getMethod())) {
      observed.outcome().sent(found.content().length);
    }
    response.write(true, ByteBuffer.wrap(found.content()), callback);
    return true;
  }

  private boolean maySee(Caller caller) {
    return caller.isKnown() || settings.get().status() == StatusAccess.PUBLIC;
  }

  private Page page(String path, @Nullable String accept) {
    return switch (path) {
      case "/health" -> Page.of(200, JSON, "{\"status\":\"UP\"}");
      case "/ready" ->
          open.isDraining()
              ? Page.of(503, JSON, "{\"ready\":false}")
              : Page.of(200, JSON, "{\"ready\":true}");
      case "/metrics" -> metrics(accept);
      case "/status.json" -> new Page(200, JSON, report.json());
      default -> {
        StatusPage.File file = Objects.requireNonNull(page.file(path), path);
        yield new Page(200, file.contentType(), file.content());
      }
    };
  }

  private Page metrics(@Nullable String accept) {
    PrometheusText text = metrics.text(accept);
    return text == null
        ? Page.of(503, "text/plain; charset=utf-8", GatewayMetrics.WHY_NONE)
        : new Page(200, text.contentType(), text.body());
  }

  /**
   * One answer.
   *
   * @param content not to be changed
   */
  private record Page(int status, String contentType, byte[] content) {

    static Page of(int status, String contentType, String text) {
      return new Page(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
