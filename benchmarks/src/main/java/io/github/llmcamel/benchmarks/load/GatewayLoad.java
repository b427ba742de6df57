/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.client.Connection;
import io.github.llmcamel.benchmarks.client.LoadClient;
import io.github.llmcamel.benchmarks.client.Reply;
import io.github.llmcamel.benchmarks.server.GatewayProcess;
import io.github.llmcamel.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the gateway adds to a call, how many it serves, and what it takes for many streams and many
 * idle connections. The gateway and its model server are in processes of their own, the client in
 * this one; all of them share the machine.
 */
public final class GatewayLoad {

  private static final Path JAR = Path.of("examples-routes", "target", "examples-routes.jar");
  private static final String WHOLE = "whole";
  private static final String STREAM = "stream-20-0";
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 20_000;
  private static final int CALLS = 2_000;
  private static final int ANSWERS = 30_000;
  private static final int WHOLE_AT_ONCE = 32;
  private static final int STREAMS = 200;
  private static final int IDLE = 2_000;
  private static final String LONG_PROMPT = "Summarise this in 300 words: " + Caller.PROMPT;
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(3);

  private final GatewayProcess gateway;
  private final LoadClient client;
  private final LoadClient direct;

  private GatewayLoad(GatewayProcess gateway, LoadClient client, LoadClient direct) {
    this.gateway = gateway;
    this.client = client;
    this.direct = direct;
  }

  /**
   * Prints one line for each figure.
   *
   * @param arguments options for the gateway's JVM
   */
  public static void main(String[] arguments) throws Exception {
    try (ServerProcess server = ServerProcess.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                JAR,
                List.of(arguments),
                List.of(
                    "gateway.models[whole]=" + LlmCaller.uri(server.url(WHOLE), ""),
                    "gateway.models[stream]=" + LlmCaller.uri(server.url(STREAM), ""),
                    "gateway.models[simulator]=llm:simulator?model=demo",
                    "gateway.models[slow]=llm:simulator?model=demo&extra.firstTokenMs=100"
                        + "&extra.tokensPerSecond=40",
                    "gateway.max-concurrent-requests=1000"));
        LoadClient client = new LoadClient(gateway.port());
        LoadClient direct = new LoadClient(server.port())) {
      GatewayLoad load = new GatewayLoad(gateway, client, direct);
      System.out.printf("started: %s%n", gateway.footprint());
      client.repeat(chat("", "whole", false), WARM_UP, WHOLE_AT_ONCE);
      // What is called alone is compiled anew; until then compilers take the cores from calls.
      client.repeat(chat("", "whole", false), WARM_UP, 1);
      client.repeat(chat("", "stream", true), WARM_UP / 10, WHOLE_AT_ONCE);
      load.latency("a whole answer", WHOLE, "whole", false, Reply::lastByteAt);
      load.latency("the first token", STREAM, "stream", true, Reply::firstByteAt);
      load.throughput("whole answers", chat("", "whole", false), WHOLE_AT_ONCE, ANSWERS);
      load.throughput("streams", chat("", "simulator", true), STREAMS, ANSWERS / 5);
      load.streams();
      load.idleConnections();
    }
    System.exit(0);
  }

  private static byte[] chat(String base, String model, boolean streamed) {
    return chat(base, model, streamed, Caller.PROMPT);
  }

  private static byte[] chat(String base, String model, boolean streamed, String prompt) {
    String body =
        "{\"model\":\"%s\",%s\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(model, streamed ? "\"stream\":true," : "", prompt);
    return LoadClient.post(
        base + "/v1/chat/completions", "Content-Type: application/json\r\n", body);
  }

  /** One call after the other, in turns through the gateway and without it. */
  private void latency(
      String what, String script, String model, boolean streamed, ToLongFunction<Reply> moment)
      throws IOException {
    List<Long> without = new ArrayList<>();
    List<Long> through = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] request = chat("/" + script, model, streamed);
      without.addAll(times(direct.repeat(request, CALLS, 1), moment));
      through.addAll(times(client.repeat(chat("", model, streamed), CALLS, 1), moment));
    }
    System.out.printf(
        "%s: p50 %.2f ms, p99 %.2f ms; without the gateway %.2f ms, %.2f ms%n",
        what, at(through, 50), at(through, 99), at(without, 50), at(without, 99));
  }

  private static List<Long> times(List<Reply> replies, ToLongFunction<Reply> moment) {
    requireGood(replies);
    return replies.stream().map(reply -> moment.applyAsLong(reply) - reply.sentAt()).toList();
  }

  private static double at(List<Long> nanos, int percent) {
    return nanos.stream().sorted().toList().get((nanos.size() - 1) * percent / 100) / 1e6;
  }

  /** The median of some rounds. */
  private void throughput(String what, byte[] request, int atOnce, int answers) throws IOException {
    List<Double> perSecond = new ArrayList<>();
    List<Double> micros = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long cpu = gateway.cpuNanos();
      long start = System.nanoTime();
      requireGood(client.repeat(request, answers, atOnce));
      perSecond.add(answers * 1e9 / (System.nanoTime() - start));
      micros.add((gateway.cpuNanos() - cpu) / 1e3 / answers);
    }
    System.out.printf(
        "%s, %d at a time: %,.0f a second, %.0f µs of CPU each%n",
        what, atOnce, middle(perSecond), middle(micros));
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void streams() throws Exception {
    byte[] request = chat("", "slow", true, LONG_PROMPT);
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      replies.add(client.connect().send(request));
      client.run(BETWEEN_STARTS);
    }
    client.run(() -> replies.stream().allMatch(Reply::hasBegun));
    String footprint = gateway.footprint();
    long live = replies.stream().filter(reply -> !reply.hasEnded()).count();
    client.run(() -> replies.stream().allMatch(Reply::hasEnded));
    requireGood(replies);
    System.out.printf("%,d live streams: %s%n", live, footprint);
  }

  private void idleConnections() throws Exception {
    byte[] request = chat("", "whole", false);
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      Connection connection = client.connect();
      Reply reply = connection.send(request);
      client.run(reply::hasEnded);
      connections.add(connection);
    }
    requireGood(connections.stream().map(Connection::reply).toList());
    System.out.printf("%,d idle connections: %s%n", IDLE, gateway.footprint());
  }

  private static void requireGood(List<Reply> replies) {
    int[] bad = replies.stream().mapToInt(Reply::status).filter(status -> status != 200).toArray();
    if (bad.length > 0) {
      throw new IllegalStateException("answers with the status " + Arrays.toString(bad));
    }
  }
}
