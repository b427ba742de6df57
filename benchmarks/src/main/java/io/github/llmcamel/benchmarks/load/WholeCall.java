/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.server.ServerProcess;
import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one call costs this process: HttpClient 5 alone, the component, and the component with
 * telemetry, at the same server in the same run. The median of several rounds, in turns.
 */
public final class WholeCall {

  private static final int ROUNDS = 7;
  private static final int WARM_UP = 20_000;
  private static final int CALLS = 10_000;
  private static final int AT_ONCE = 8;
  private static final int EVENTS = 1_000;

  private WholeCall() {}

  /** Prints two tables: by call, and by event of a stream. */
  public static void main(String[] arguments) throws Exception {
    TelemetrySettings withoutHttp = TelemetrySettings.builder().httpSpans(false).build();
    ExchangeObserver sampled = UnreadTelemetry.create(Sampler.alwaysOn(), withoutHttp);
    ExchangeObserver unsampled = UnreadTelemetry.create(Sampler.alwaysOff(), withoutHttp);
    ExchangeObserver withHttp =
        UnreadTelemetry.create(Sampler.alwaysOn(), TelemetrySettings.defaults());
    try (ServerProcess server = ServerProcess.start()) {
      String whole = server.url("whole");
      Map<String, Caller> callers = new LinkedHashMap<>();
      callers.put("HttpClient 5", new BareCaller(whole));
      callers.put("llm:", LlmCaller.of(whole, "", null));
      callers.put("llm: with telemetry", LlmCaller.of(whole, "", sampled));
      callers.put("llm: with telemetry, not sampled", LlmCaller.of(whole, "", unsampled));
      callers.put("llm: with telemetry and HTTP spans", LlmCaller.of(whole, "", withHttp));
      print("a whole call", callers, WARM_UP, CALLS, 1);

      String stream = server.url("stream-" + EVENTS + "-0");
      String live = "&streamMode=live";
      Map<String, Caller> streams = new LinkedHashMap<>();
      streams.put("HttpClient 5", new BareCaller(stream));
      streams.put("llm:", LlmCaller.of(stream, live, null));
      streams.put("llm: with telemetry", LlmCaller.of(stream, live, sampled));
      print("an event of a stream", streams, WARM_UP / 50, CALLS / 50, EVENTS);
    }
    System.exit(0);
  }

  private static void print(
      String what, Map<String, Caller> callers, int warmUp, int calls, int parts)
      throws InterruptedException {
    Map<String, List<Meter.Cost>> costs = new LinkedHashMap<>();
    for (Map.Entry<String, Caller> caller : callers.entrySet()) {
      InFlight.run(caller.getValue(), warmUp, AT_ONCE);
      costs.put(caller.getKey(), new ArrayList<>());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Caller> caller : callers.entrySet()) {
        Meter start = Meter.read();
        InFlight.run(caller.getValue(), calls, AT_ONCE);
        costs.get(caller.getKey()).add(Meter.read().since(start, calls * parts));
      }
    }
    System.out.printf("%n| %s | µs of CPU | KiB allocated |%n| --- | --- | --- |%n", what);
    costs.forEach(
        (name, rounds) ->
            System.out.printf(
                "| %s | %.2f | %.2f |%n",
                name,
                median(rounds.stream().map(Meter.Cost::micros).toList()),
                median(rounds.stream().map(Meter.Cost::kibibytes).toList())));
    callers.values().forEach(Caller::close);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
