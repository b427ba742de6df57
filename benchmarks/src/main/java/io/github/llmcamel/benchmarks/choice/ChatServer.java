/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.choice;

import io.github.llmcamel.benchmarks.server.ChildProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Serves answers of {@code llm:simulator} over HTTP. Prints its port, answers one line with
 * another, and ends when its standard input does. {@code threads} tells how many there are, {@code
 * cpu} the nanoseconds used, {@code cancelled} which calls were cancelled, and when.
 */
public final class ChatServer {

  /** Answers that come token by token. */
  public static final String STREAM = "stream";

  /** Answers that stop in the middle. */
  public static final String SILENCE = "silence";

  /** Whole answers. */
  public static final String WHOLE = "whole";

  /** The header of a request that names its call. */
  public static final String CALL = "X-Call";

  /** The header of an answer that says when the route had its first event. */
  public static final String BEGUN = "X-Begun";

  private static final String LIVE =
      "llm:simulator?model=demo&streamMode=live&outputFormat=openai&extra.firstTokenMs=100&extra.tokensPerSecond=";

  private final Candidate candidate;
  private final double tokensPerSecond;
  private final CancelledCalls cancelled = new CancelledCalls();

  private ChatServer(Candidate candidate, double tokensPerSecond) {
    this.candidate = candidate;
    this.tokensPerSecond = tokensPerSecond;
  }

  /**
   * Starts a server.
   *
   * @param arguments the name of a {@link Candidate}, and how many tokens a second it says
   */
  public static void main(String[] arguments) throws Exception {
    // Clients that go away are errors to some servers.
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    System.setProperty("org.jboss.logging.provider", "slf4j");
    new ChatServer(Candidate.valueOf(arguments[0]), Double.parseDouble(arguments[1])).serve();
  }

  private void serve() throws Exception {
    int port = ChildProcess.freePort();
    CamelContext context = new DefaultCamelContext();
    context.getRegistry().bind("cancelledCalls", cancelled);
    candidate.configure(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            live(this, port, STREAM, "");
            live(this, port, SILENCE, "&extra.fail=stall");
            from(candidate.uri(port, WHOLE))
                .convertBodyTo(String.class)
                .to("llm:simulator?model=demo");
          }
        });
    context.start();
    System.out.println(port);
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    String question;
    while ((question = questions.readLine()) != null) {
      System.out.println(answer(question));
    }
    Runtime.getRuntime().halt(0);
  }

  private void live(RouteBuilder routes, int port, String path, String options) {
    routes
        .from(candidate.uri(port, path))
        .process(StreamWriter::keepResponse)
        .convertBodyTo(String.class)
        .to(LIVE + tokensPerSecond + options)
        .removeHeaders("*")
        .setHeader(BEGUN, System::nanoTime)
        .setHeader(Exchange.CONTENT_TYPE, routes.constant("text/event-stream"))
        .process(candidate.sender());
  }

  private String answer(String question) {
    return switch (question) {
      case "threads" -> Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount());
      case "cpu" ->
          Long.toString(ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos());
      case "cancelled" -> cancelled.toString();
      default -> throw new IllegalArgumentException("No such question: " + question);
    };
  }
}
