/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A program for a JVM of its own: a call whose answer comes whole, one whose answer is streamed,
 * and one that is refused, within a span of the application.
 */
final class ThreeCalls {

  /** The name of the application's span. */
  static final String APPLICATION = "application";

  /** What the program says before the first call. */
  static final String READY = "ready";

  /** What the program says of the answers. */
  static final String ANSWERS = "answers: whole, streamed, 429";

  private static final String WHOLE =
      """
      {"id":"c1","model":"m-1","choices":[{"index":0,"message":{"content":"whole"},
       "finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}
      """;
  private static final String STREAMED =
      """
      data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":"stre"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"amed"}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}

      data: [DONE]

      """;

  private ThreeCalls() {}

  /**
   * Makes them, and ends.
   *
   * @param arguments where the provider is
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public static void main(String[] arguments) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.addRoutes(routes(arguments[0]));
      context.start();
      ProducerTemplate template = context.createProducerTemplate();
      System.out.println(READY);
      Span span = GlobalOpenTelemetry.getTracer(APPLICATION).spanBuilder(APPLICATION).startSpan();
      try (Scope ofSpan = span.makeCurrent();
          Scope ofBaggage = Baggage.builder().put("secret", "canary").build().makeCurrent()) {
        System.out.printf(
            "answers: %s, %s, %s%n",
            template.requestBody("direct:whole", "Hi."),
            template.requestBody("direct:streamed", "Hi."),
            template.requestBody("direct:refused", "Hi."));
      } finally {
        span.end();
      }
    }
  }

  private static RouteBuilder routes(String baseUrl) {
    // Each call is to come over a connection of its own.
    String llm = "llm:vllm?model=m&httpHeader.Connection=close&baseUrl=" + baseUrl;
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:whole").to(llm);
        from("direct:streamed").to(llm + "&streamMode=aggregate");
        from("direct:refused")
            .doTry()
            .to(llm)
            .doCatch(Exception.class)
            .setBody(simple("${exception.statusCode}"));
      }
    };
  }

  /** Plays the provider, and returns the three requests. */
  static List<Peer> answer(ScriptedLlmServer server) {
    Peer whole = server.accept();
    whole.reply(200, "application/json", WHOLE);
    Peer streamed = server.accept();
    streamed.reply(200, "text/event-stream", STREAMED);
    Peer refused = server.accept();
    refused.reply(429, "application/json", "{\"error\":{\"message\":\"No.\"}}");
    return List.of(whole, streamed, refused);
  }
}
