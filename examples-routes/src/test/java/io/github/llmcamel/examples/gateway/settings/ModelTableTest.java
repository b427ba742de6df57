/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.access.ModelPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTableTest {

  private final ModelTable table =
      table("claude-*", "claude-3*", "fast", "claude-3-opus", "best", "cl*");

  @Test
  void anExactNameComesFirst() {
    assertThat(table.chainFor("claude-3-opus")).hasToString("[llm:p, model claude-3-opus]");
  }

  @Test
  void thenTheLongestPattern() {
    assertThat(table.chainFor("claude-3-haiku")).hasToString("[llm:p, model claude-3*]");
    assertThat(table.chainFor("claude-2")).hasToString("[llm:p, model claude-*]");
    assertThat(table.chainFor("clown")).hasToString("[llm:p, model cl*]");
  }

  @Test
  void whatNobodyHasIsNotServed() {
    assertThat(table.chainFor("gpt")).isEmpty();
    assertThat(table.chainFor("Fast")).isEmpty();
    assertThat(table.chainFor("")).isEmpty();
  }

  @Test
  void aStarAloneIsEveryName() {
    assertThat(table("*").chainFor("whatever")).hasSize(1);
  }

  @Test
  void namesAndPatternsAreListedApart() {
    assertThat(table.aliases()).containsExactly("best", "claude-3-opus", "fast");
    assertThat(table.patterns().keySet())
        .extracting(ModelPattern::text)
        .containsExactly("claude-3*", "claude-*", "cl*");
    assertThat(table.patterns().get(new ModelPattern("cl*"))).hasToString("llm:p, model cl*");
  }

  @Test
  void everyTargetIsListedOnce() {
    Target shared = new Target("p", List.of(), null);
    ModelTable table =
        new ModelTable(
            Map.of(
                new ModelPattern("a"), List.of(shared, shared),
                new ModelPattern("*"), List.of(shared)));

    assertThat(table.targets()).containsExactly(shared);
  }

  private static ModelTable table(String... models) {
    Map<ModelPattern, List<Target>> chains = new LinkedHashMap<>();
    for (String model : models) {
      chains.put(new ModelPattern(model), List.of(new Target("p", List.of(), model)));
    }
    return new ModelTable(chains);
  }
}
