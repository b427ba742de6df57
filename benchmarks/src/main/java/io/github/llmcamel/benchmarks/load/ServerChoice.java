/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.choice.Candidate;
import io.github.llmcamel.benchmarks.choice.ChatServer;
import io.github.llmcamel.benchmarks.client.Connection;
import io.github.llmcamel.benchmarks.client.LoadClient;
import io.github.llmcamel.benchmarks.client.Reply;
import io.github.llmcamel.benchmarks.server.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which HTTP server is to serve streamed answers: how late the first event is, how many threads
 * many streams take, what a whole answer costs, and whether a client that has gone is noticed. The
 * server and its simulated model are in another process, all on the same machine.
 */
public final class ServerChoice {

  private static final String TOKENS_PER_SECOND = "40";
  private static final String PROMPT = "Summarise this in 300 words: " + Caller.PROMPT;
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final int WHOLE_ANSWERS = 30_000;
  private static final int AT_ONCE = 32;
  private static final int GONE = 50;

  private final ChildProcess server;
  private final LoadClient client;

  private ServerChoice(ChildProcess server, LoadClient client) {
    this.server = server;
    this.client = client;
  }

  /**
   * Prints one line of a table for each server.
   *
   * @param arguments the names of {@link Candidate}s; all if there are none
   */
  public static void main(String[] arguments) throws Exception {
    List<Candidate> candidates =
        arguments.length == 0
            ? List.of(Candidate.values())
            : Arrays.stream(arguments).map(Candidate::valueOf).toList();
    System.out.printf(
        "| server | 200 streams | 1,000 streams | a whole answer | client gone while tokens flow"
            + " | while the model is silent |%n| --- | --- | --- | --- | --- | --- |%n");
    for (Candidate candidate : candidates) {
      try (ChildProcess server =
              ChildProcess.start(ChatServer.class, candidate.name(), TOKENS_PER_SECOND);
          LoadClient client = new LoadClient(server.port())) {
        ServerChoice choice = new ServerChoice(server, client);
        choice.streams(200);
        System.out.printf(
            "| %s | %s | %s | %s | %s | %s |%n",
            candidate.title(),
            choice.streams(200),
            choice.streams(1_000),
            choice.warmWholeAnswers(),
            choice.gone(ChatServer.STREAM),
            choice.gone(ChatServer.SILENCE));
      }
    }
    System.exit(0);
  }

  private String warmWholeAnswers() throws IOException {
    wholeAnswers();
    return wholeAnswers();
  }

  private String wholeAnswers() throws IOException {
    long cpu = Long.parseLong(server.ask("cpu"));
    long start = System.nanoTime();
    List<Reply> replies =
        client.repeat(LoadClient.post("/" + ChatServer.WHOLE, "", "Hi"), WHOLE_ANSWERS, AT_ONCE);
    double seconds = (System.nanoTime() - start) / 1e9;
    requireGood(replies);
    return "%,.0f a second, %.0f µs of CPU"
        .formatted(
            WHOLE_ANSWERS / seconds,
            (Long.parseLong(server.ask("cpu")) - cpu) / 1e3 / WHOLE_ANSWERS);
  }

  private String streams(int count) throws IOException {
    List<Connection> connections = open(count, ChatServer.STREAM);
    List<Reply> replies = connections.stream().map(Connection::reply).toList();
    client.run(() -> replies.stream().allMatch(Reply::hasBegun));
    String threads = server.ask("threads");
    int live = (int) replies.stream().filter(reply -> !reply.hasEnded()).count();
    client.run(() -> replies.stream().allMatch(Reply::hasEnded));
    requireGood(replies);
    double[] delays =
        replies.stream()
            .mapToDouble(reply -> (reply.firstByteAt() - begun(reply)) / 1e6)
            .sorted()
            .toArray();
    return "%s threads with %,d live; first event after %.1f ms, 99 %% %.1f ms"
        .formatted(threads, live, delays[count / 2], delays[count * 99 / 100]);
  }

  private static long begun(Reply reply) {
    return Long.parseLong(Objects.requireNonNull(reply.header(ChatServer.BEGUN)));
  }

  /** How long the server took to cancel the calls of clients that closed their connection. */
  private String gone(String path) throws IOException {
    List<Connection> connections = open(GONE, path);
    client.run(() -> connections.stream().allMatch(connection -> connection.reply().hasBegun()));
    if (path.equals(ChatServer.SILENCE)) {
      client.run(() -> connections.stream().allMatch(ServerChoice::isSilent));
    }
    Map<String, Long> closed = new HashMap<>();
    for (int i = 0; i < GONE; i++) {
      closed.put(path + i, System.nanoTime());
      connections.get(i).close();
    }
    client.run(PATIENCE);
    double[] delays =
        Arrays.stream(server.ask("cancelled").split(" "))
            .map(call -> call.split("="))
            .filter(call -> closed.containsKey(call[0]))
            .mapToDouble(call -> (Long.parseLong(call[1]) - closed.get(call[0])) / 1e6)
            .sorted()
            .toArray();
    return delays.length == 0
        ? "not noticed in %d s".formatted(PATIENCE.toSeconds())
        : "%d of %d: after %.0f ms, at most %.0f ms"
            .formatted(delays.length, GONE, delays[delays.length / 2], delays[delays.length - 1]);
  }

  private static boolean isSilent(Connection connection) {
    return System.nanoTime() - connection.reply().lastByteAt() > SILENCE.toNanos();
  }

  private List<Connection> open(int count, String path) throws IOException {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Connection connection = client.connect();
      String name = ChatServer.CALL + ": " + path + i + "\r\n";
      connection.send(LoadClient.post("/" + path, name, PROMPT));
      connections.add(connection);
      client.run(BETWEEN_STARTS);
    }
    return connections;
  }

  private static void requireGood(List<Reply> replies) {
    long bad = replies.stream().filter(reply -> reply.status() != 200).count();
    if (bad > 0) {
      throw new IllegalStateException(bad + " answers are not good");
    }
  }
}
