/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Streams in the shorthand of a specification; JSON is written with single quotes. */
final class Wire {

  static final String DONE = "data: [DONE]\n\n";

  private Wire() {}

  static String data(String json) {
    return "data: " + json.replace('\'', '"') + "\n\n";
  }

  static String text(String text) {
    return "data: " + textJson(text) + "\n\n";
  }

  static String textJson(String text) {
    try {
      return "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":null}]}"
          .formatted(Json.text(text));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String delta(String json) {
    return data("{'choices':[{'index':0,'delta':%s}]}".formatted(json));
  }

  static String toolCall(String json) {
    return delta("{'tool_calls':[%s]}".formatted(json));
  }

  static String finish(String word) {
    return data(
        "{'id':'c1','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'%s'}]}"
            .formatted(word));
  }

  static String usage(long input, long output) {
    return usage(
        "{'prompt_tokens':%d,'completion_tokens':%d,'total_tokens':%d}"
            .formatted(input, output, input + output));
  }

  static String usage(String json) {
    return data("{'id':'c1','choices':[],'usage':%s}".formatted(json));
  }

  /** What the codec reads from the pieces and then the end of the bytes. */
  static Played stream(String... pieces) {
    return Played.play(
        new OpenAiCodec(),
        Replies.head(200, "content-type", "text/event-stream"),
        List.of(String.join("", pieces).getBytes(StandardCharsets.UTF_8)));
  }
}
