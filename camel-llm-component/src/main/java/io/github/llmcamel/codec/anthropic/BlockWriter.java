/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.ImageUrl;
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
    if (other.type().equals(ImageUrl.TYPE)) {
      return image(ImageUrl.of(other));
    }
    return other.json() instanceof String text ? Json.toJdk(Json.read(text)) : other.json();
  }

  private Map<String, Object> image(ImageUrl image) throws LlmException {
    if (image.isOnTheWeb()) {
      return Blocks.block("image", "source", Blocks.block("url", "url", image.url()));
    }
    String mediaType = image.mediaType();
    String base64 = image.base64();
    if (mediaType == null || base64 == null) {
      throw UnwritableRequest.because(
          destination,
          "an image_url is neither an http or https URL nor data in base64. Make it look like"
              + " data:image/png;base64,…");
    }
    Map<String, Object> source = Blocks.block("base64", "media_type", mediaType);
    source.put("data", base64);
    return Blocks.block("image", "source", source);
  }
}
