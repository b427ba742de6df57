/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import io.github.llmcamel.examples.gateway.settings.Target;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads a chat request, finds who may answer it, and leaves it as the body. Thread-safe. */
public final class ReadChat implements Processor {

  private final Intake intake;

  public ReadChat(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void process(Exchange exchange) throws RequestRefusedException {
    JsonNode body = intake.read(exchange);
    requireMessages(body.path("messages"));
    boolean streamed = flag(body.path("stream"), "stream");
    Attempts.begin(
        exchange, intake.chain(exchange, body), streamed ? Target::liveChat : Target::chat);
    exchange.setProperty(
        ChatAnswer.WITH_USAGE,
        flag(body.path("stream_options").path("include_usage"), "stream_options.include_usage"));
    exchange.getMessage().setBody(body);
  }

  private static void requireMessages(JsonNode messages) throws RequestRefusedException {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new RequestRefusedException(
          OpenAiError.invalidMember(
              "messages",
              "messages is missing or empty, or no list. Send one, such as [{\"role\": \"user\","
                  + " \"content\": \"Hello\"}]."));
    }
  }

  private static boolean flag(JsonNode value, String member) throws RequestRefusedException {
    if (value.isBoolean() || value.isMissingNode() || value.isNull()) {
      return value.asBoolean();
    }
    throw new RequestRefusedException(
        OpenAiError.invalidMember(member, member + " is neither true nor false."));
  }
}
