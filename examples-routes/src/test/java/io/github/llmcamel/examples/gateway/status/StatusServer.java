/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Serves the status page on a free port, for a look at it in a browser: {@code /empty/}, {@code
 * /data/}, {@code /draining/}, {@code /error/} and {@code /key/} show what a gateway may be in.
 */
final class StatusServer {

  private static final String HOSTILE = "<img src=x onerror=\"document.title='broken in'\">";

  private static final String TEXT = "Tell me something long about the sea. ".repeat(30);

  private final StatusPage page = new StatusPage();
  private final GatewayCounts counts = new GatewayCounts(Clock.systemUTC());
  private final CamelContext context = new DefaultCamelContext();

  private StatusServer() {}

  public static void main(String[] args) throws Exception {
    StatusServer server = new StatusServer();
    server.listen();
    server.work();
  }

  private void listen() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    CamelContext idle = new DefaultCamelContext();
    GatewayCounts none = new GatewayCounts(Clock.systemUTC());
    serve(http, "/empty", new StatusReport(idle, none, () -> false, Clock.systemUTC()), 200);
    serve(http, "/data", report(false), 200);
    serve(http, "/draining", report(true), 200);
    serve(http, "/error", report(false), 500);
    serve(http, "/key", report(false), 401);
    http.start();
    System.out.println("http://localhost:" + http.getAddress().getPort() + "/data/");
  }

  private StatusReport report(boolean draining) {
    return new StatusReport(context, counts, () -> draining, Clock.systemUTC());
  }

  private void serve(HttpServer http, String prefix, StatusReport report, int status) {
    http.createContext(
        prefix + "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().substring(prefix.length());
          StatusPage.File file = page.file(path);
          if (file != null) {
            send(exchange, 200, file.contentType(), file.content());
          } else {
            int code =
                status == 401 && exchange.getRequestHeaders().containsKey("Authorization")
                    ? 200
                    : status;
            send(exchange, code, "application/json", report.json());
          }
        });
  }

  private static void send(HttpExchange exchange, int status, String contentType, byte[] content)
      throws IOException {
    StatusPage.HEADERS.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  /** Calls for as long as somebody may look. */
  private void work() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            String slow = "&streamMode=aggregate&extra.firstTokenMs=300&extra.tokensPerSecond=60";
            from("direct:chat").routeId("chat").to("llm:simulator?model=demo" + slow);
            from("direct:other").routeId("other").to("llm:simulator?model=demo");
            from("direct:bad")
                .routeId("bad")
                .to("llm:simulator?model=llama-3.1-8b-instant&extra.fail=429");
          }
        });
    context.start();
    ProducerTemplate template = context.createProducerTemplate();
    for (int i = 0; i < 3000; i++) {
      CountedRequest request = counts.arrived();
      request.admitted();
      request.streaming();
      Object model = i % 5 == 0 ? HOSTILE : null;
      var unused =
          template
              .asyncRequestBodyAndHeader(route(i), TEXT, "CamelLlmModel", model)
              .whenComplete((answer, failure) -> request.ended(failure == null ? 200 : 429));
      Thread.sleep(i < 300 ? 5 : 100);
    }
  }

  private static String route(int i) {
    return i % 7 == 0 ? "direct:bad" : i % 11 == 0 ? "direct:other" : "direct:chat";
  }
}
