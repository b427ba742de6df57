/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code docs/emitted.md} lists of a profile. */
public final class EmittedPage {

  static final Path PAGE = Path.of("../docs/emitted.md");

  private final Map<List<String>, List<String>> attributes = new HashMap<>();

  public EmittedPage(Profile profile) throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("<!-- generated: emitted in " + profile + " -->");
    page.substring(begin, page.indexOf("<!-- end -->", begin))
        .lines()
        .map(line -> line.split(" *\\| *", -1))
        .filter(cells -> cells.length > 4)
        .forEach(
            cells ->
                attributes.put(
                    List.of(cells[1], cells[2], cells[3]), List.of(cells[4].split(", "))));
  }

  /** Fails unless everything in {@code telemetry} is listed, with all of its attributes. */
  public void assertLists(InMemoryTelemetry telemetry) {
    assertThat(new Emitted(telemetry).rows())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(attributes).containsKey(row.subList(0, 3));
              assertThat(attributes.get(row.subList(0, 3))).contains(row.get(3).split(", "));
            });
  }
}
