/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Provider;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Streams and requests in the shorthand of a specification; JSON is written with single quotes. */
final class Wire {

  static final Destination ANYWHERE = destination(URI.create("http://localhost:1"));

  static final String START = start("{'input_tokens':10,'output_tokens':1}");
  static final String STOP = event("message_stop", "");

  private Wire() {}

  /** An event whose data has the members after its type. */
  static String event(String type, String members) {
    String data = json("{'type':'%s'%s}", type, members.isEmpty() ? "" : "," + members);
    return "event: " + type + "\ndata: " + data + "\n\n";
  }

  static String start(String usage) {
    return event(
        "message_start",
        ("'message':{'id':'msg_1','type':'message','role':'assistant','model':'m','content':[],"
                + "'stop_reason':null,'usage':%s}")
            .formatted(usage));
  }

  static String open(int index, String block) {
    return event("content_block_start", "'index':%d,'content_block':%s".formatted(index, block));
  }

  static String delta(int index, String delta) {
    return event("content_block_delta", "'index':%d,'delta':%s".formatted(index, delta));
  }

  static String close(int index) {
    return event("content_block_stop", "'index':%d".formatted(index));
  }

  /** A whole block of text in one piece. */
  static String text(int index, String text) {
    return open(index, "{'type':'text','text':''}")
        + delta(index, "{'type':'text_delta','text':'%s'}".formatted(text))
        + close(index);
  }

  /** The beginning of a call that is {@code x<index>} of the tool {@code f<index>}. */
  static String call(int index, String input) {
    return open(
        index, "{'type':'tool_use','id':'x%1$d','name':'f%1$d'%2$s}".formatted(index, input));
  }

  static String arguments(int index, String... fragments) {
    StringBuilder pieces = new StringBuilder();
    for (String fragment : fragments) {
      pieces.append(
          delta(
              index, "{'type':'input_json_delta','partial_json':%s}".formatted(quoted(fragment))));
    }
    return pieces.toString();
  }

  static String finish(String reason, String usage) {
    return event(
        "message_delta",
        "'delta':{'stop_reason':'%s','stop_sequence':null},'usage':%s".formatted(reason, usage));
  }

  /** What ends an ordinary answer. */
  static String end() {
    return finish("end_turn", "{'output_tokens':15}") + STOP;
  }

  static Destination destination(URI base) {
    Provider acme =
        Provider.builder("acme")
            .protocol(Protocol.ANTHROPIC)
            .baseUrl(base)
            .auth(new Auth.HeaderKey("x-api-key"))
            .build();
    return new Destination(acme, base, null, Map.of());
  }

  /** JSON written with single quotes; what is put in may be, too. */
  static String json(String template, String... members) {
    return template.formatted((Object[]) members).replace('\'', '"');
  }

  /** What is sent for the request, not streamed. */
  static String body(ChatRequest request) throws LlmException {
    return body(new AnthropicCodec().encode(request, Delivery.WHOLE, ANYWHERE));
  }

  static String body(WireRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    try {
      return Json.text(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
