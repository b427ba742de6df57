/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.Slices;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An answer and what is to be read from it.
 *
 * @param answer JSON in it is written with single quotes
 * @param expected everything that was said, in one line; what was not said is not in it
 */
record Row(String name, String answer, String expected) {

  void isReadHoweverItsBytesAreCut() {
    assertThat(Slices.inManyWays(Replies.utf8(answer)))
        .allSatisfy(
            slices ->
                assertThat(said(Played.play(new GeminiCodec(), Replies.head(200), slices)))
                    .isEqualTo(expected));
  }

  @Override
  public String toString() {
    return name;
  }

  private static String said(Played played) {
    StringJoiner said = new StringJoiner(" ");
    ChatResponse response = played.response();
    add(said, "id", response.id());
    add(said, "model", response.model());
    for (ChatResponse.Choice choice : response.choices()) {
      add(said, "text", choice.text().isEmpty() ? null : choice.text());
      add(said, "reason", choice.reasoning());
      List<ToolCall> calls = choice.toolCalls();
      add(said, "tools", calls.isEmpty() ? null : calls.stream().map(Row::said).toList());
      choice.parts().stream()
          .filter(part -> !(part instanceof Part.Text))
          .forEach(part -> add(said, "part", said(part)));
      add(said, "finish", said(choice.finishReason()));
    }
    Usage usage = response.usage();
    add(said, "in", usage.inputTokens());
    add(said, "out", usage.outputTokens());
    add(said, "cached", usage.cachedInputTokens());
    add(said, "thought", usage.reasoningTokens());
    LlmException failure = played.failure();
    if (failure != null) {
      String code = failure.getCode() == null ? "" : "(" + failure.getCode() + ")";
      said.add(failure.getClass().getSimpleName() + code);
    }
    return said.toString();
  }

  private static void add(StringJoiner said, String name, @Nullable Object value) {
    if (value != null) {
      said.add(name + "=" + value);
    }
  }

  private static String said(ToolCall call) {
    return call.id() + " " + call.name() + " " + call.arguments().replace('"', '\'');
  }

  private static String said(Part part) {
    return part instanceof Part.Opaque opaque ? opaque.json().replace('"', '\'') : part.toString();
  }

  private static @Nullable String said(@Nullable FinishReason reason) {
    if (reason == null || reason.raw().equals("STOP")) {
      return reason == null ? null : reason.word();
    }
    return reason.word() + "(" + reason.raw() + ")";
  }
}
