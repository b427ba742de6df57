/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.testkit.CapturedLog;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked and answered is in no failure and no log, whatever a server quotes of it. */
class QuotedContentRouteTest {

  private static final String PROMPT = "Is \"canary\" one of the\nwords that nobody may see?";

  private static final String TEXT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"canary text\"}}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final CapturedLog log = CapturedLog.atTrace("io.github.llmcamel");

  @BeforeEach
  void start() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            String llm = "llm:vllm?model=m&baseUrl=" + server.url();
            from("direct:whole").to(llm);
            from("direct:streamed").to(llm + "&streamMode=aggregate");
          }
        });
    context.start();
  }

  @AfterEach
  void theLogHoldsNoContent() {
    context.stop();
    server.close();
    log.close();
    assertThat(log.text()).isNotEmpty().doesNotContain("canary");
  }

  static List<Arguments> replies() {
    String escaped = "Is \\\"canary\\\" one of the\\nwords that nobody may see?";
    String twice = escaped.replace("\\", "\\\\");
    return List.of(
        arguments("the message", json(400, "{'error':{'message':'No: %s!'}}", escaped)),
        arguments("escapes", json(400, "{'error':{'message':'No: \\'%s\\'!'}}", twice)),
        arguments("a part", json(400, "{'detail':'canary\\' one of the words that nobody'}", "")),
        arguments("the code", json(400, "{'error':{'code':'%s'}}", escaped)),
        arguments("the id", json(400, "{'error':'No.','request_id':'%s'}", escaped)),
        arguments("a validation error", json(422, "{'detail':[{'msg':'No: %s'}]}", escaped)),
        arguments("text", json(500, "No: %s", PROMPT)),
        arguments("a web page", json(500, "<title>%s</title>", PROMPT)),
        arguments("a good answer's error", json(200, "{'error':{'message':'%s'}}", escaped)),
        arguments("what is no JSON", json(200, "{'choices':[{'message':'canary", "")),
        arguments("JSON of another kind", json(200, "{'canary':'canary'}", "")),
        arguments("an event", stream(TEXT + "data: {'error':{'message':'%s'}}\n\n", escaped)),
        arguments("an event that is no JSON", stream(TEXT + "data: {canary\n\n", "")),
        arguments("an event of text", stream(TEXT + "event: error\ndata: %s\n\n", escaped)),
        arguments("what is no header", "HTTP/1.1 200 OK\r\ncanary\r\n\r\n"),
        arguments(
            "what is no chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\ncanary\r\n"));
  }

  @ParameterizedTest(name = "in {0}")
  @MethodSource("replies")
  void noFailureQuotesIt(String place, String reply) throws Exception {
    assertQuotesNothing(call("direct:whole", reply));
    assertQuotesNothing(call("direct:streamed", reply));
  }

  @Test
  void noFailureQuotesWhatHasBeenAnswered() throws Exception {
    LlmException failure =
        call("direct:streamed", stream(TEXT + "data: {'error':'Bad: canary text.'}\n\n", ""));

    assertThat(failure).hasMessageEndingWith(": Bad: ***.");
    assertQuotesNothing(failure);
  }

  private static void assertQuotesNothing(LlmException failure) {
    assertThat(
            Stream.of(
                printed(failure),
                failure.toString(),
                failure.getMessage(),
                failure.getCode(),
                failure.getRequestId()))
        .map(String::valueOf)
        .noneMatch(text -> text.contains("canary"));
  }

  private LlmException call(String from, String reply) throws Exception {
    CompletableFuture<Exchange> result =
        context.createProducerTemplate().asyncSend(from, e -> e.getMessage().setBody(PROMPT));
    Peer peer = server.accept();
    assertThat(peer.body()).contains("canary");
    peer.send(reply);
    peer.close();
    return Objects.requireNonNull(result.get().getException(LlmException.class));
  }

  private static String json(int status, String body, String quoted) {
    return "HTTP/1.1 %d Scripted\r\ncontent-type: application/json\r\n\r\n%s"
        .formatted(status, body.replace('\'', '"').replace("%s", quoted));
  }

  private static String stream(String events, String quoted) {
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
        + events.replace('\'', '"').replace("%s", quoted);
  }

  private static String printed(Throwable failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    return printed.toString();
  }
}
