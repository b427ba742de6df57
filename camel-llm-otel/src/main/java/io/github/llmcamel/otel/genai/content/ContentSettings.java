/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How much of what is said is recorded.
 *
 * @param roles whose contents are recorded
 * @param toolDefinitions how much of tools is recorded
 * @param budget the most characters of one attribute, above 0; not more than OpenTelemetry's own
 *     limit, which would cut JSON in the middle
 * @param redactors asked in this order
 * @param hooks asked in this order, after the redactors
 */
public record ContentSettings(
    ContentMode mode,
    Set<ContentRole> roles,
    Tools toolDefinitions,
    int budget,
    List<ContentRedactor> redactors,
    List<ContentHook> hooks) {

  /** The budget where none is set. */
  public static final int DEFAULT_BUDGET = 65_536;

  /** Nothing is recorded. */
  public static final ContentSettings OFF =
      new ContentSettings(
          ContentMode.NO_CONTENT,
          Set.of(ContentRole.values()),
          Tools.NAMES,
          DEFAULT_BUDGET,
          List.of(),
          List.of());

  /** How much of a tool is recorded. */
  public enum Tools {
    /** Its name. */
    NAMES,
    /** Its name, description and parameters. */
    WHOLE
  }

  public ContentSettings {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(toolDefinitions, "toolDefinitions");
    roles = Set.copyOf(roles);
    redactors = List.copyOf(redactors);
    hooks = List.copyOf(hooks);
    if (budget <= 0) {
      throw new IllegalArgumentException("budget is %d; use a number above 0".formatted(budget));
    }
  }
}
