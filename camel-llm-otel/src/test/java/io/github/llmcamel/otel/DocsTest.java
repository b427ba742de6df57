/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.GenAiAttributes;
import io.github.llmcamel.otel.genai.GenAiInstruments;
import io.github.llmcamel.testkit.GeneratedTable;
import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/telemetry.md} says what the code emits. */
class DocsTest {

  private static final Path PAGE = Path.of("../docs/telemetry.md");
  private static final Pattern QUOTED_IN_ROW = Pattern.compile("`([a-z_]+(?:\\.[a-z_]+)+)`");

  @Test
  void theTableOfInstruments() throws IOException {
    GeneratedTable table =
        new GeneratedTable("instruments", "name", "kind", "unit", "says", "bounds");
    for (GenAiInstruments.Instrument instrument : GenAiInstruments.all()) {
      table.row(
          "`" + instrument.name() + "`",
          instrument.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          "`" + instrument.unit() + "`",
          instrument.description(),
          instrument.bounds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    table.assertSameIn(PAGE);
  }

  @Test
  void everyAttributeIsInTheTableOfTheSpanAndNothingElse() throws Exception {
    Set<String> documented = new TreeSet<>();
    String page = Files.readString(PAGE);
    String table =
        page.substring(page.indexOf("| attribute |"), page.indexOf("A call that failed,"));
    for (String row : table.split("\n", -1)) {
      Matcher names =
          QUOTED_IN_ROW.matcher(row.split("\\|", -1).length > 1 ? row.split("\\|", -1)[1] : "");
      while (names.find()) {
        documented.add(names.group(1));
      }
    }

    assertThat(documented).isEqualTo(keys());
  }

  private static Set<String> keys() throws IllegalAccessException {
    Set<String> keys = new TreeSet<>();
    for (Field field : GenAiAttributes.class.getFields()) {
      if (field.get(null) instanceof AttributeKey<?> key) {
        keys.add(key.getKey());
      }
    }
    return keys;
  }
}
