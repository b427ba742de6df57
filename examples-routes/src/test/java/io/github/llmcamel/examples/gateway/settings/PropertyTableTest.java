/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/gateway.md} has every property that is read, and its default. */
class PropertyTableTest {

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(?<name>gateway\\.[^`]+)`(?<restart> \\*)? \\| (?:`(?<default>[^`]+)`)?");

  /** Something else than the default, of every property. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          entry("gateway.models[name]", "llm:ollama?model=gemma3"),
          entry("gateway.keys[id].sha256", "0".repeat(64)),
          entry("gateway.keys[id].models", "fast,claude-*"),
          entry("gateway.keys[id].requests-per-minute", "60"),
          entry("gateway.trust-trace", "never"),
          entry("gateway.status", "public"),
          entry("gateway.max-body-bytes", "1000"),
          entry("gateway.max-concurrent-requests", "1"),
          entry("gateway.max-queued-requests", "0"),
          entry("gateway.queue-timeout", "1ms"),
          entry("gateway.receive-timeout", "1ms"),
          entry("gateway.client-idle-timeout", "1ms"),
          entry("gateway.keep-alive", "1s"),
          entry("gateway.drain-timeout", "1ms"),
          entry("gateway.cors-origins", "https://chat.example.com"));

  @Test
  void everyPropertyThatIsReadIsInTheTableAndNoOther() throws IOException {
    assertThat(rows().map(Row::name).toList())
        .containsExactlyInAnyOrderElementsOf(read())
        .containsExactlyInAnyOrderElementsOf(OTHERS.keySet());
    assertThat(settings(OTHERS).models().aliases()).containsExactly("name");
  }

  @Test
  void theDefaultsAreThoseOfTheTable() throws IOException {
    Properties defaults = new Properties();
    rows()
        .filter(row -> row.fallback() != null)
        .forEach(row -> defaults.put(row.name(), row.fallback()));

    assertThat(defaults).hasSizeGreaterThan(8);
    assertThat(GatewaySettings.read(defaults))
        .usingRecursiveComparison()
        .isEqualTo(settings(Map.of()));
  }

  @Test
  void whatNeedsARestartHasAStar() throws IOException {
    assertThat(rows().filter(Row::needsRestart).map(Row::name).toList())
        .isNotEmpty()
        .isEqualTo(
            NeedsRestart.changes(settings(Map.of()), settings(OTHERS)).stream()
                .filter(name -> !name.equals("gateway.keys"))
                .toList());
  }

  private record Row(String name, boolean needsRestart, @Nullable String fallback) {}

  private static Stream<Row> rows() throws IOException {
    return ROW.matcher(Files.readString(Path.of("../docs/gateway.md")))
        .results()
        .map(row -> new Row(row.group(1), row.group(2) != null, row.group(3)));
  }

  private static GatewaySettings settings(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return GatewaySettings.read(properties);
  }

  /** Each setting is read from a property with its name. */
  private static List<String> read() {
    List<String> names = new ArrayList<>();
    for (RecordComponent setting : GatewaySettings.class.getRecordComponents()) {
      switch (setting.getName()) {
        case "models" -> names.add("gateway.models[name]");
        case "keys" -> names.addAll(names("gateway.keys[id].", ApiKey.class));
        case "limits" -> names.addAll(names("gateway.", Limits.class));
        default -> names.add(name("gateway.", setting));
      }
    }
    names.remove("gateway.keys[id].id");
    return names;
  }

  private static List<String> names(String prefix, Class<?> settings) {
    return Stream.of(settings.getRecordComponents()).map(one -> name(prefix, one)).toList();
  }

  private static String name(String prefix, RecordComponent setting) {
    return prefix + setting.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
