/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import io.github.llmcamel.examples.gateway.access.ModelPattern;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who answers for which model. Immutable. */
public final class ModelTable {

  private static final Comparator<ModelPattern> LONGEST_FIRST =
      Comparator.<ModelPattern>comparingInt(pattern -> pattern.text().length())
          .reversed()
          .thenComparing(ModelPattern::text);

  private final Map<String, List<Target>> aliases;
  private final Map<ModelPattern, List<Target>> patterns;

  /**
   * @param chains who is asked for a model, in this order; none of them is empty
   */
  public ModelTable(Map<ModelPattern, List<Target>> chains) {
    Map<String, List<Target>> names = new TreeMap<>();
    Map<ModelPattern, List<Target>> open = new TreeMap<>(LONGEST_FIRST);
    chains.forEach(
        (model, chain) -> {
          if (model.isOpen()) {
            open.put(model, List.copyOf(chain));
          } else {
            names.put(model.text(), List.copyOf(chain));
          }
        });
    aliases = Collections.unmodifiableMap(names);
    patterns = Collections.unmodifiableMap(open);
  }

  /**
   * Who is asked for a model: the targets of that name, else those of the longest pattern that it
   * matches.
   *
   * @param asked the name that the client sent
   * @return in the order in which they are tried; empty if nobody has the model
   */
  public List<Target> chainFor(String asked) {
    List<Target> chain = aliases.get(asked);
    if (chain != null) {
      return chain;
    }
    return patterns.entrySet().stream()
        .filter(entry -> entry.getKey().matches(asked))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  /** The names that are configured as they are, in alphabetical order. */
  public List<String> aliases() {
    return List.copyOf(aliases.keySet());
  }

  /** The names that end in a star, the longest first, and who is tried first for each. */
  public Map<ModelPattern, Target> patterns() {
    Map<ModelPattern, Target> first = new LinkedHashMap<>();
    patterns.forEach((pattern, chain) -> first.put(pattern, chain.get(0)));
    return Collections.unmodifiableMap(first);
  }

  /** Every target, each once. */
  public List<Target> targets() {
    return Stream.concat(aliases.values().stream(), patterns.values().stream())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }
}
