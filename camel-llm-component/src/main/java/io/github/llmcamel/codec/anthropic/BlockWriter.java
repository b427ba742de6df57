/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the pieces of a message as content blocks. */
final class BlockWriter {

  /** OpenAI's kinds of pieces that have no counterpart. */
  private static final Set<String> FOREIGN = Set.of("input_audio", "file", "refusal");

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64";

  private final Destination destination;

  BlockWriter(Destination destination) {
    this.destination = destination;
  }

  /**
   * The blocks as values of the JDK.
   *
   * @throws LlmException if a piece is in a form of OpenAI's that cannot be translated
   * @throws JsonProcessingException if a piece holds text that should be JSON and is not
   */
  List<@Nullable Object> write(List<Part> parts) throws LlmException, JsonProcessingException {
    List<@Nullable Object> blocks = new ArrayList<>(parts.size());
    for (Part part : parts) {
      blocks.add(block(part));
    }
    return blocks;
  }

  private @Nullable Object block(Part part) throws LlmException, JsonProcessingException {
    if (part instanceof Part.Text text) {
      return Blocks.block("text", "text", text.text());
    }
    Part.Other other = (Part.Other) part;
    if (FOREIGN.contains(other.type())) {
      throw UnwritableRequest.because(
          destination,
          "a message part of the type %s is OpenAI's own. Send it in Anthropic's form, or as text."
              .formatted(other.type()));
    }
    Object json = other.json() instanceof String text ? Json.toJdk(Json.read(text)) : other.json();
    return other.type().equals("image_url") ? image(url(json)) : json;
  }

  private Map<String, Object> image(String url) throws LlmException {
    if (url.startsWith("http://") || url.startsWith("https://")) {
      return Blocks.block("image", "source", Blocks.block("url", "url", url));
    }
    int comma = url.indexOf(',');
    String head = url.substring(0, Math.max(comma, 0));
    if (!head.startsWith(DATA) || !head.endsWith(BASE64)) {
      throw UnwritableRequest.because(
          destination,
          "an image_url is neither an http or https URL nor data in base64. Make it look like"
              + " data:image/png;base64,…");
    }
    String mediaType = head.substring(DATA.length(), head.indexOf(';'));
    Map<String, Object> source = Blocks.block("base64", "media_type", mediaType);
    source.put("data", url.substring(comma + 1));
    return Blocks.block("image", "source", source);
  }

  /** The URL of an {@code image_url}, also where it is not wrapped into an object. */
  private static String url(@Nullable Object json) {
    Object image = json instanceof Map<?, ?> part ? part.get("image_url") : null;
    Object url = image instanceof Map<?, ?> object ? object.get("url") : image;
    return url instanceof String text ? text : "";
  }
}
