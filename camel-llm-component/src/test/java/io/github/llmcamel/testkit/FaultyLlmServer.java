/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers chats as OpenAI does, whole or streamed, and breaks each answer as its prompt says: see
 * {@link #prompt}. Serves itself, one thread for each connection.
 */
public final class FaultyLlmServer implements AutoCloseable {

  /** What happens to an answer. */
  public enum Fault {
    NONE,
    /** The status is 429. */
    REFUSED,
    /** The status is 500; of a stream, an event in its middle says so. */
    ERROR,
    /** The connection is closed in order before the answer's end. */
    CLOSED,
    /** The connection is reset before the answer's end. */
    RESET,
    /** The rest comes one byte at a time, {@link #DRIP} apart, until the client gives up. */
    DRIPPING
  }

  /** The text of an answer that is not broken. */
  public static final String TEXT = "Hello, world";

  public static final Duration DRIP = Duration.ofMillis(10);

  private static final Pattern PROMPT = Pattern.compile("\"([A-Z]+) after (\\d+) permille\"");
  private static final String SSE = "text/event-stream";
  private static final String JSON = "application/json";
  private static final String ERROR = "{\"error\":{\"message\":\"Scripted.\",\"code\":500}}";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger answering = new AtomicInteger();

  private FaultyLlmServer() {}

  public static FaultyLlmServer start() {
    FaultyLlmServer started = new FaultyLlmServer();
    started.threads.execute(started::accept);
    return started;
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public String url() {
    return server.url();
  }

  /**
   * What to ask for.
   *
   * @param permille of the answer's bytes that come first, where the fault has a place
   */
  public static String prompt(Fault fault, int permille) {
    return "%s after %d permille".formatted(fault, permille);
  }

  /** How many connections are open, idle ones too. */
  public int connections() {
    return connections.get();
  }

  /** How many requests are being answered, or wait for a client that has to give up. */
  public int answering() {
    return answering.get();
  }

  private void accept() {
    try {
      while (true) {
        Peer peer = server.acceptSilently();
        connections.incrementAndGet();
        threads.execute(() -> serve(peer));
      }
    } catch (UncheckedIOException closed) {
      // The test is over.
    }
  }

  private void serve(Peer peer) {
    try {
      while (true) {
        peer.readRequest();
        answering.incrementAndGet();
        try {
          answer(peer);
        } finally {
          answering.decrementAndGet();
        }
      }
    } catch (UncheckedIOException gone) {
      // One of the two has closed the connection.
    } finally {
      peer.close();
      connections.decrementAndGet();
    }
  }

  private static void answer(Peer peer) {
    boolean streamed = peer.body().contains("\"stream\":true");
    Matcher prompt = PROMPT.matcher(peer.body());
    if (!prompt.find()) {
      throw new AssertionError("The prompt asks for no fault: " + peer.body());
    }
    Fault fault = Fault.valueOf(prompt.group(1));
    byte[] whole = (streamed ? stream() : completion()).getBytes(StandardCharsets.UTF_8);
    int sent = whole.length * Integer.parseInt(prompt.group(2)) / 1_000;
    switch (fault) {
      case NONE -> peer.send(whole);
      case REFUSED -> peer.reply(429, JSON, ERROR);
      case ERROR -> fail(peer, streamed);
      case CLOSED -> {
        peer.send(Arrays.copyOf(whole, sent));
        peer.close();
      }
      case RESET -> {
        peer.send(Arrays.copyOf(whole, sent));
        peer.reset();
      }
      case DRIPPING -> drip(peer, whole, sent);
    }
  }

  private static void fail(Peer peer, boolean streamed) {
    if (streamed) {
      peer.reply(200, SSE, text("Hello") + event(ERROR));
    } else {
      peer.reply(500, JSON, ERROR);
    }
  }

  private static void drip(Peer peer, byte[] whole, int from) {
    peer.send(Arrays.copyOf(whole, from));
    for (int i = from; i < whole.length && !peer.isClosedWithin(DRIP); i++) {
      peer.send(Arrays.copyOfRange(whole, i, i + 1));
    }
    peer.close();
  }

  private static String completion() {
    return Peer.head(200, JSON)
        + Peer.chunk(
            "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
                .formatted(TEXT))
        + Peer.LAST_CHUNK;
  }

  private static String stream() {
    return Peer.head(200, SSE)
        + Peer.chunk(text("Hello"))
        + Peer.chunk(text(", "))
        + Peer.chunk(text("world"))
        + Peer.chunk(event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"))
        + Peer.chunk(event("[DONE]"))
        + Peer.LAST_CHUNK;
  }

  private static String text(String text) {
    return event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}".formatted(text));
  }

  private static String event(String data) {
    return "data: %s\n\n".formatted(data);
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
