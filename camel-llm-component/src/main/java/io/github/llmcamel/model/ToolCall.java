/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A tool the model wants to be called.
 *
 * <p>Run it only if its arguments are whole ({@code ToolArguments.areValid}) and its choice has a
 * finish reason: an answer that was cut off may ask for what the model did not mean.
 *
 * @param id names this call in the conversation; made up by us where the provider sends none, see
 *     {@link #isIdGenerated}
 * @param name the tool's name; empty if the answer was cut before it came
 * @param arguments JSON text as received, also if it was cut off; {@code {}} where the model sent
 *     none. Of a {@link Kind#CUSTOM} tool any text
 * @param kind what is called
 * @param extras further members of the call as JSON values of the JDK, in OpenAI's form, such as
 *     the signature of a thought; only a provider that speaks OpenAI's protocol is sent them. Empty
 *     if there are none
 */
public record ToolCall(
    String id, String name, String arguments, Kind kind, Map<String, Object> extras) {

  private static final String GENERATED = "call_generated_";

  /** What is called. */
  public enum Kind {
    /** A function, with arguments in JSON. */
    FUNCTION,
    /** A custom tool of OpenAI's, whose input is free text. */
    CUSTOM
  }

  public ToolCall {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(arguments, "arguments");
    Objects.requireNonNull(kind, "kind");
    extras = Extras.copyOf(extras);
  }

  /** A call of a function. */
  public ToolCall(String id, String name, String arguments) {
    this(id, name, arguments, Kind.FUNCTION, Map.of());
  }

  /** Whether the provider sent no id, so that this one means nothing to it. */
  public boolean isIdGenerated() {
    return isGenerated(id);
  }

  /** Whether a call's id was made up by us, as {@link #generatedId} does. */
  public static boolean isGenerated(String id) {
    return id.startsWith(GENERATED);
  }

  /**
   * An id for a call that the provider has sent without one: the same for the same call, and
   * another for every other call.
   *
   * @param answer what tells the answer from others; the same for all calls of one
   * @param choice the choice that makes the call
   * @param position the position of the call in the choice, from 0
   */
  public static String generatedId(String answer, int choice, int position) {
    String call = answer + "/" + choice + "/" + position;
    UUID hash = UUID.nameUUIDFromBytes(call.getBytes(StandardCharsets.UTF_8));
    return GENERATED + "%016x".formatted(hash.getMostSignificantBits());
  }
}
