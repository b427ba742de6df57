/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which tool call of one choice a piece belongs to. Confined to one call.
 *
 * <p>Servers number calls from 0 or 1, all the same or not at all, and send the id once, late, with
 * every piece or never. A call's position is the order of its first appearance.
 */
final class ToolCallReader {

  private static final class Call {
    private final int position;
    private final @Nullable Long number;
    private @Nullable String id;
    private @Nullable String name;
    private boolean hasArguments;
    private ToolCall.Kind kind = ToolCall.Kind.FUNCTION;

    private Call(int position, @Nullable Long number) {
      this.position = position;
      this.number = number;
    }
  }

  private final int choice;
  private final String answer;
  private final List<Call> calls = new ArrayList<>();

  /**
   * A reader for one choice.
   *
   * @param answer what tells the answer from others
   */
  ToolCallReader(int choice, String answer) {
    this.choice = choice;
    this.answer = answer;
  }

  /** Reads the pieces in a delta. */
  void deltas(JsonNode delta, Consumer<ChatEvent> events) {
    boolean first = true;
    for (JsonNode piece : pieces(delta)) {
      add(callOf(piece, first), piece, events);
      first = false;
    }
  }

  /** Reads the calls in a message: each entry is one. */
  void whole(JsonNode message, Consumer<ChatEvent> events) {
    for (JsonNode call : pieces(message)) {
      add(open(null), call, events);
    }
  }

  /** Names the calls that the server has left without an id. */
  void complete(Consumer<ChatEvent> events) {
    for (Call call : calls) {
      if (call.id == null) {
        call.id = ToolCall.generatedId(answer, choice, call.position);
        events.accept(delta(call, call.id, null, "", Map.of()));
      }
    }
  }

  /** What brings something, also in the form from before there could be several calls. */
  private static List<JsonNode> pieces(JsonNode holder) {
    List<JsonNode> pieces = new ArrayList<>();
    for (JsonNode piece : holder.path("tool_calls")) {
      if (id(piece) != null || !called(piece).isEmpty()) {
        pieces.add(piece);
      }
    }
    JsonNode legacy = holder.path("function_call");
    if (pieces.isEmpty() && !legacy.isEmpty()) {
      pieces.add(JsonNodeFactory.instance.objectNode().set("function", legacy));
    }
    return pieces;
  }

  private Call callOf(JsonNode piece, boolean firstOfDelta) {
    Long number = Json.wholeNumber(piece.path("index"));
    String id = id(piece);
    if (id != null) {
      return withId(id, number);
    }
    Call call = number == null ? last() : lastNumbered(number);
    if (call == null || (number == null && opensAnother(call, piece, firstOfDelta))) {
      return open(number);
    }
    return call;
  }

  private Call withId(String id, @Nullable Long number) {
    for (Call call : calls) {
      if (id.equals(call.id) && (number == null || number.equals(call.number))) {
        return call;
      }
    }
    Call numbered = number == null ? null : lastNumbered(number);
    // An id may come late; another id under the same number is another call.
    return numbered != null && numbered.id == null ? numbered : open(number);
  }

  /** With neither id nor number a piece continues the last call, unless it names another tool. */
  private static boolean opensAnother(Call last, JsonNode piece, boolean firstOfDelta) {
    String name = Json.nonEmptyText(called(piece).path("name"));
    return name != null && last.name != null && !(firstOfDelta && name.equals(last.name));
  }

  private @Nullable Call last() {
    return calls.isEmpty() ? null : calls.get(calls.size() - 1);
  }

  private @Nullable Call lastNumbered(Long number) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (number.equals(calls.get(i).number)) {
        return calls.get(i);
      }
    }
    return null;
  }

  private Call open(@Nullable Long number) {
    Call call = new Call(calls.size(), number);
    calls.add(call);
    return call;
  }

  private void add(Call call, JsonNode piece, Consumer<ChatEvent> events) {
    String newId = call.id == null ? id(piece) : null;
    JsonNode called = called(piece);
    String newName = call.name == null ? Json.nonEmptyText(called.path("name")) : null;
    call.kind = isCustom(piece) ? ToolCall.Kind.CUSTOM : call.kind;
    String arguments = arguments(call, called.path(isCustom(piece) ? "input" : "arguments"));
    Map<String, Object> extras = UnknownMembers.ofToolCall(piece);
    call.id = newId != null ? newId : call.id;
    call.name = newName != null ? newName : call.name;
    call.hasArguments |= !arguments.isEmpty();
    if (newId != null || newName != null || !arguments.isEmpty() || !extras.isEmpty()) {
      events.accept(delta(call, newId, newName, arguments, extras));
    }
  }

  private ChatEvent delta(
      Call call,
      @Nullable String id,
      @Nullable String name,
      String arguments,
      Map<String, Object> extras) {
    return new ChatEvent.ToolCallDelta(
        choice, call.position, id, name, arguments, call.kind, extras);
  }

  private static boolean isCustom(JsonNode piece) {
    return piece.path("custom").isObject();
  }

  private static JsonNode called(JsonNode piece) {
    return piece.path(isCustom(piece) ? "custom" : "function");
  }

  private static String arguments(Call call, JsonNode arguments) {
    if (arguments.isContainerNode()) {
      return call.hasArguments ? "" : arguments.toString();
    }
    return Objects.requireNonNullElse(arguments.textValue(), "");
  }

  private static @Nullable String id(JsonNode piece) {
    String id = Json.nonEmptyText(piece.path("id"));
    return "null".equals(id) ? null : id;
  }
}
