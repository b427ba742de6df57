/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import io.github.llmcamel.otel.testkit.Mode;
import org.jspecify.annotations.Nullable;

/**
 * An answer in OpenAI's format, whole or as a stream.
 *
 * @param who gives it
 * @param message its message, as JSON
 * @param usage its token counts, as JSON; null if it has none
 */
record Answer(Party who, String message, String finish, @Nullable String usage) {

  static Answer of(Party who) {
    return new Answer(
        who, "{\"content\":\"Canary\"}", "stop", "{\"prompt_tokens\":3,\"completion_tokens\":2}");
  }

  Answer message(String json) {
    return new Answer(who, json, finish, usage);
  }

  Answer finish(String reason) {
    return new Answer(who, message, reason, usage);
  }

  Answer usage(@Nullable String json) {
    return new Answer(who, message, finish, json);
  }

  /** All of it, as the mode wants it. */
  String in(Mode mode) {
    return mode.isStreamed() ? beginning(mode) + rest() : whole();
  }

  /** What comes before it is cut: the first event, or not all of a JSON. */
  String beginning(Mode mode) {
    return mode.isStreamed()
        ? event("\"choices\":[{\"index\":0,\"delta\":%s}]".formatted(message))
        : whole().substring(0, 20);
  }

  /** An event with nothing but the counts. */
  String counts() {
    return usage == null ? "" : event("\"choices\":[],\"usage\":" + usage);
  }

  private String rest() {
    return event(
            "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]".formatted(finish))
        + counts()
        + "data: [DONE]\n\n";
  }

  private String whole() {
    return json(
        "\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"%s\"}]%s"
            .formatted(message, finish, usage == null ? "" : ",\"usage\":" + usage));
  }

  private String event(String members) {
    return "data: %s\n\n".formatted(json(members));
  }

  private String json(String members) {
    return "{\"id\":\"c-%s\",\"model\":\"r-%s\",%s}".formatted(who.mark(), who.mark(), members);
  }
}
