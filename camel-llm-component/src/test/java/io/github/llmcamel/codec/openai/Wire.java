/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.ReplyHead;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Bytes of an OpenAI-style stream, in the shorthand of a specification. */
final class Wire {

  static final String DONE = "data: [DONE]\n\n";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Wire() {}

  static String data(String json) {
    return "data: " + json + "\n\n";
  }

  static String text(String text) {
    return data(textJson(text));
  }

  static String textJson(String text) {
    return "{'id':'c1','model':'m','choices':[{'index':0,'delta':{'content':%s},'finish_reason':null}]}"
        .replace('\'', '"')
        .formatted(quoted(text));
  }

  static String delta(String json) {
    return data("{\"choices\":[{\"index\":0,\"delta\":" + json + "}]}");
  }

  static String toolCall(String json) {
    return delta("{\"tool_calls\":[" + json + "]}");
  }

  static String finish(String word) {
    return data(
        "{'id':'c1','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'%s'}]}"
            .replace('\'', '"')
            .formatted(word));
  }

  static String usage(long input, long output) {
    return data(
        "{'id':'c1','choices':[],'usage':{'prompt_tokens':%d,'completion_tokens':%d,'total_tokens':%d}}"
            .replace('\'', '"')
            .formatted(input, output, input + output));
  }

  static ReplyHead head(int status, String... namesAndValues) {
    Map<String, List<String>> headers = new java.util.HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return new ReplyHead(
        "acme", URI.create("http://localhost:1/v1/chat/completions"), status, headers);
  }

  static Played stream(String... pieces) {
    return Played.play(
        new OpenAiCodec(),
        head(200, "content-type", "text/event-stream"),
        List.of(String.join("", pieces).getBytes(StandardCharsets.UTF_8)));
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
