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
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The documentation names what the code emits and the properties it reads. */
class DocsTest {

  private static final Path TELEMETRY = Path.of("../docs/telemetry.md");
  private static final Path TRACE = Path.of("../docs/trace.md");
  private static final Path CONTENT = Path.of("../docs/content.md");
  private static final Pattern PROPERTY = Pattern.compile("camel\\.llm-otel\\.[a-z]+(-[a-z]+)*");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern IS_KEY = Pattern.compile("(?!camel\\.llm-otel)[a-z_]+(\\.[a-z_]+)*");

  @Test
  void theTableOfInstruments() throws IOException {
    GeneratedTable table =
        new GeneratedTable("instruments", "name", "kind", "unit", "says", "bounds", "attributes");
    for (GenAiInstruments.Instrument instrument : GenAiInstruments.all()) {
      table.row(
          "`" + instrument.name() + "`",
          instrument.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          "`" + instrument.unit() + "`",
          instrument.description(),
          instrument.bounds().stream().map(DocsTest::plain).collect(Collectors.joining(", ")),
          attributes(instrument));
    }
    table.assertSameIn(TELEMETRY);
  }

  @Test
  void theTableOfInstrumentsInTheReadme() throws IOException {
    GeneratedTable table = new GeneratedTable("instruments", "metric", "unit", "says");
    for (GenAiInstruments.Instrument instrument : GenAiInstruments.all()) {
      table.row(
          "`" + instrument.name() + "`", "`" + instrument.unit() + "`", instrument.description());
    }
    table.assertSameIn(Path.of("../README.md"));
  }

  @Test
  void everyAttributeIsInATableAndNothingElse() throws Exception {
    Set<String> documented = firstCells(TELEMETRY, TRACE);
    GenAiInstruments.all().forEach(instrument -> documented.remove(instrument.name()));

    assertThat(documented).containsAll(keys());
    assertThat(documented.stream().filter(name -> IS_KEY.matcher(name).matches()).toList())
        .isSubsetOf(keys());
  }

  @Test
  void theGroupsOfAttributesAreWhatTheTextSays() throws IOException {
    String page = Files.readString(TELEMETRY);

    assertThat(page)
        .contains("*request* is " + names(GenAiInstruments.MESSAGE_COUNT.attributes()))
        .contains("*answer* is *request* and `gen_ai.response.model`");
    assertThat(GenAiInstruments.TOKEN_THROUGHPUT.attributes())
        .containsAll(GenAiInstruments.MESSAGE_COUNT.attributes())
        .contains(GenAiAttributes.RESPONSE_MODEL)
        .hasSize(GenAiInstruments.MESSAGE_COUNT.attributes().size() + 1);
  }

  @Test
  void everyPropertyThatIsReadIsInATable() throws IOException {
    Set<String> read = found(Pattern.compile("(?<=\")" + PROPERTY + "(?=\")"), sources());

    assertThat(firstCells(TELEMETRY, CONTENT).stream().filter(PROPERTY.asMatchPredicate()))
        .hasSameElementsAs(read);
    assertThat(found(PROPERTY, pages())).isSubsetOf(read);
  }

  @Test
  void noPropertyInATableIsWarnedOf() throws Exception {
    CamelContext context = new DefaultCamelContext();
    firstCells(TELEMETRY, CONTENT).stream()
        .filter(PROPERTY.asMatchPredicate())
        .forEach(name -> context.getPropertiesComponent().addInitialProperty(name, "x"));

    assertThat(context.getPropertiesComponent().loadProperties()).hasSizeGreaterThan(14);
    assertThat(UnknownProperties.of(context)).isEmpty();
    context.close();
  }

  /** What nearly all have is named once, in the text below the table. */
  private static String attributes(GenAiInstruments.Instrument instrument) {
    List<AttributeKey<?>> request = GenAiInstruments.MESSAGE_COUNT.attributes();
    List<AttributeKey<?>> answer = GenAiInstruments.TOKEN_THROUGHPUT.attributes();
    List<AttributeKey<?>> own = new ArrayList<>(instrument.attributes());
    String group =
        own.containsAll(answer) ? "*answer*" : own.containsAll(request) ? "*request*" : "";
    own.removeAll(group.equals("*answer*") ? answer : group.isEmpty() ? List.of() : request);
    return Stream.concat(
            Stream.of(group).filter(name -> !name.isEmpty()),
            own.isEmpty() ? Stream.empty() : Stream.of(names(own)))
        .collect(Collectors.joining(", "));
  }

  private static String names(List<AttributeKey<?>> keys) {
    return keys.stream().map(key -> "`" + key.getKey() + "`").collect(Collectors.joining(", "));
  }

  /** Without the fraction of a whole number. */
  private static String plain(double bound) {
    return new BigDecimal(String.valueOf(bound)).stripTrailingZeros().toPlainString();
  }

  /** What stands in backquotes in the first cell of each row of a table. */
  private static Set<String> firstCells(Path... pages) throws IOException {
    Set<String> cells = new TreeSet<>();
    for (Path page : pages) {
      for (String row : Files.readString(page).split("\n", -1)) {
        Matcher names = QUOTED.matcher(row.startsWith("| `") ? row.split("\\|", -1)[1] : "");
        while (names.find()) {
          cells.add(names.group(1));
        }
      }
    }
    return cells;
  }

  private static Set<String> found(Pattern pattern, List<Path> files) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path file : files) {
      pattern.matcher(Files.readString(file)).results().forEach(name -> found.add(name.group()));
    }
    return found;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      return Stream.concat(docs, Stream.of(Path.of("../README.md"), Path.of("../CHANGELOG.md")))
          .toList();
    }
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
