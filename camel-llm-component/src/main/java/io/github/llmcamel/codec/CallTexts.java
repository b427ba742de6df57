/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a call: prompts, tools' arguments and results, descriptions of tools, and the answer
 * as far as it has come. Some providers quote them in their errors, where they have no business.
 * Prints none of them.
 */
public final class CallTexts {

  /** Of a call that has none. */
  public static final CallTexts NONE = new CallTexts(null, () -> null);

  /** Members of JSON that hold words of the user's; others are names and settings. */
  private static final Set<String> PROSE =
      Set.of("description", "text", "content", "reasoning_content", "refusal");

  private final @Nullable ModelRequest request;
  private final Supplier<@Nullable ChatResponse> received;

  private CallTexts(@Nullable ModelRequest request, Supplier<@Nullable ChatResponse> received) {
    this.request = request;
    this.received = received;
  }

  /**
   * Those of one call.
   *
   * @param received is asked when there is an error to mask; null as long as nothing has come
   */
  public static CallTexts of(ModelRequest request, Supplier<@Nullable ChatResponse> received) {
    return new CallTexts(request, received);
  }

  /**
   * The text with {@code ***} in place of what it quotes of the call: every text of 8 characters
   * and more, and every 32 characters in a row, however they are escaped. At most the first 16,384
   * characters of it, once the request has texts.
   */
  public String mask(String text) {
    if (request instanceof ChatRequest chat) {
      QuotedText quoted = new QuotedText(text);
      chat(chat, quoted);
      answer(received.get(), quoted);
      return quoted.masked();
    }
    if (request instanceof EmbeddingsRequest embeddings) {
      QuotedText quoted = new QuotedText(text);
      embeddings.inputs().forEach(quoted::hide);
      whole(embeddings.user(), quoted);
      json(embeddings.extras(), quoted);
      return quoted.masked();
    }
    return text;
  }

  private static void chat(ChatRequest request, QuotedText quoted) {
    request.messages().forEach(message -> message(message, quoted));
    request.tools().tools().forEach(tool -> tool(tool, quoted));
    if (request.responseFormat() instanceof ResponseFormat.JsonSchema schema) {
      whole(schema.description(), quoted);
      json(schema.schema(), quoted);
      json(schema.extras(), quoted);
    }
    whole(request.user(), quoted);
    json(request.extras(), quoted);
  }

  private static void answer(@Nullable ChatResponse response, QuotedText quoted) {
    if (response == null) {
      return;
    }
    for (ChatResponse.Choice choice : response.choices()) {
      quoted.hide(choice.text());
      whole(choice.reasoning(), quoted);
      whole(choice.refusal(), quoted);
      toolCalls(choice.toolCalls(), quoted);
      json(choice.messageExtras(), quoted);
    }
  }

  private static void message(Message message, QuotedText quoted) {
    message.parts().forEach(part -> part(part, quoted));
    json(message.extras(), quoted);
    if (message instanceof Message.User user) {
      whole(user.name(), quoted);
    } else if (message instanceof Message.Assistant assistant) {
      toolCalls(assistant.toolCalls(), quoted);
    }
  }

  private static void toolCalls(List<ToolCall> calls, QuotedText quoted) {
    calls.forEach(call -> quoted.hide(call.arguments()));
  }

  private static void part(Part part, QuotedText quoted) {
    if (part instanceof Part.Text text) {
      quoted.hide(text.text());
    } else if (part instanceof Part.Media media) {
      quoted.hide(media.url());
      whole(media.name(), quoted);
    } else if (part instanceof Part.Opaque opaque) {
      quoted.hide(opaque.json());
    } else if (part instanceof Part.Other other) {
      json(other.json(), quoted);
    }
  }

  private static void tool(Tool tool, QuotedText quoted) {
    if (tool instanceof Tool.Function function) {
      whole(function.description(), quoted);
      json(function.parameters(), quoted);
      json(function.extras(), quoted);
    } else if (tool instanceof Tool.Other other) {
      json(other.json(), quoted);
    }
  }

  private static void json(@Nullable Object value, QuotedText quoted) {
    if (value instanceof Map<?, ?> members) {
      members.forEach(
          (name, member) -> {
            if (member instanceof String text && PROSE.contains(String.valueOf(name))) {
              quoted.hide(text);
            } else {
              json(member, quoted);
            }
          });
    } else if (value instanceof List<?> elements) {
      elements.forEach(element -> json(element, quoted));
    } else if (value instanceof String text) {
      quoted.hideStretches(text);
    }
  }

  private static void whole(@Nullable String text, QuotedText quoted) {
    if (text != null) {
      quoted.hide(text);
    }
  }
}
