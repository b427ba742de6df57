/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.price.Cost;
import io.github.llmcamel.statistics.CallCounts;
import io.github.llmcamel.statistics.CallGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the calls of every {@code llm} component have come to since the start of the context,
 * by provider, model and route. Camel finds it by its annotation, if camel-console is there.
 */
@DevConsole(
    name = "llm",
    displayName = "LLM",
    description = "Calls of large language models by provider, model and route")
public final class LlmDevConsole extends AbstractDevConsole {

  public LlmDevConsole() {
    super("camel", "llm", "LLM", "Calls of large language models by provider, model and route");
  }

  @Override
  protected String doCallText(Map<String, Object> options) {
    return counts().stream().map(LlmDevConsole::text).collect(Collectors.joining());
  }

  @Override
  protected JsonObject doCallJson(Map<String, Object> options) {
    JsonArray groups = new JsonArray();
    counts().forEach(counts -> groups.add(json(counts)));
    JsonObject root = new JsonObject();
    root.put("groups", groups);
    return root;
  }

  private List<CallCounts> counts() {
    return getCamelContext().getComponentNames().stream()
        .map(getCamelContext()::hasComponent)
        .flatMap(c -> c instanceof LlmComponent llm ? Stream.of(llm) : Stream.empty())
        .flatMap(llm -> llm.statistics().groups().stream())
        .toList();
  }

  private static String text(CallCounts counts) {
    StringBuilder text = new StringBuilder();
    CallGroup group = counts.group();
    text.append("%n    Provider: %s".formatted(group.provider()));
    appendIfKnown(text, " Model: ", group.model());
    appendIfKnown(text, " Route: ", group.routeId());
    text.append(
        "%n        Calls: %d (failed: %d cancelled: %d in flight: %d queued: %d)"
            .formatted(
                counts.calls(),
                counts.failed(),
                counts.cancelled(),
                counts.inFlight(),
                counts.queued()));
    text.append(
        "%n        Tokens: %d (input: %d output: %d)"
            .formatted(
                counts.inputTokens() + counts.outputTokens(),
                counts.inputTokens(),
                counts.outputTokens()));
    if (!counts.costs().isEmpty()) {
      text.append("%n        Cost: %s".formatted(costs(counts)));
    }
    appendTimes(text, "First token", counts.firstTokenP50(), counts.firstTokenP95());
    appendTimes(text, "Duration", counts.durationP50(), counts.durationP95());
    if (!counts.errors().isEmpty()) {
      text.append("%n        Errors: %s".formatted(counts.errors()));
    }
    return text.toString();
  }

  private static String costs(CallCounts counts) {
    return counts.costs().stream().map(Cost::toString).collect(Collectors.joining(", "));
  }

  private static void appendTimes(
      StringBuilder text, String label, @Nullable Duration p50, @Nullable Duration p95) {
    if (p50 != null && p95 != null) {
      text.append(
          "%n        %s: p50 %d ms, p95 %d ms".formatted(label, p50.toMillis(), p95.toMillis()));
    }
  }

  private static void appendIfKnown(StringBuilder text, String label, @Nullable String value) {
    if (value != null) {
      text.append(label).append(value);
    }
  }

  private static JsonObject json(CallCounts counts) {
    JsonObject json = new JsonObject();
    json.put("provider", counts.group().provider());
    putIfKnown(json, "model", counts.group().model());
    putIfKnown(json, "routeId", counts.group().routeId());
    json.put("calls", counts.calls());
    json.put("failed", counts.failed());
    json.put("cancelled", counts.cancelled());
    json.put("inFlight", counts.inFlight());
    json.put("queued", counts.queued());
    json.put("inputTokens", counts.inputTokens());
    json.put("outputTokens", counts.outputTokens());
    if (!counts.costs().isEmpty()) {
      JsonObject costs = new JsonObject();
      counts.costs().forEach(c -> costs.put(c.currency().getCurrencyCode(), c.amount()));
      json.put("costs", costs);
    }
    putIfKnown(json, "firstTokenP50Millis", millis(counts.firstTokenP50()));
    putIfKnown(json, "firstTokenP95Millis", millis(counts.firstTokenP95()));
    putIfKnown(json, "durationP50Millis", millis(counts.durationP50()));
    putIfKnown(json, "durationP95Millis", millis(counts.durationP95()));
    json.put("errors", new JsonObject(counts.errors()));
    return json;
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }
}
