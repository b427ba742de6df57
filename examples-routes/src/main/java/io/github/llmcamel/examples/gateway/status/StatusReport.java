/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.component.LlmDevConsole;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway does and has done, as JSON: its state, the requests of clients, the calls of
 * each model. Thread-safe.
 *
 * <p>What is unknown is absent. A client's request may be several calls, since the next model of a
 * chain is asked where one fails.
 */
public final class StatusReport {

  private static final JsonMapper JSON = new JsonMapper();

  private final LlmDevConsole console = new LlmDevConsole();
  private final GatewayCounts counts;
  private final BooleanSupplier draining;
  private final Clock clock;

  /**
   * @param context whose {@code llm} components are reported
   * @param draining whether the gateway takes no new requests
   * @param clock the one that {@code counts} has
   */
  public StatusReport(
      CamelContext context, GatewayCounts counts, BooleanSupplier draining, Clock clock) {
    this.counts = counts;
    this.draining = draining;
    this.clock = clock;
    console.setCamelContext(context);
  }

  /** The report of this moment, in UTF-8. */
  public byte[] json() {
    CallsByModel table = CallsByModel.of(calls().groups());
    Content content =
        new Content(
            draining.getAsBoolean() ? "draining" : "serving",
            counts.since().toString(),
            Duration.between(counts.since(), clock.instant()).toSeconds(),
            counts.read(),
            table.all(),
            table.models(),
            table.other());
    try {
      return JSON.writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConsoleCalls calls() {
    return JSON.convertValue(console.call(MediaType.JSON), ConsoleCalls.class);
  }

  private record ConsoleCalls(List<RouteCalls> groups) {}

  /**
   * The report, member by member.
   *
   * @param state {@code serving} or {@code draining}
   * @param since ISO 8601, in UTC
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Content(
      String state,
      String since,
      long uptimeSeconds,
      RequestCounts requests,
      ModelCalls all,
      List<ModelCalls> models,
      @Nullable ModelCalls other) {}
}
