/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.OpenAiParts;
import io.github.llmcamel.codec.Typed;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.provider.Destination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the pieces of a message as content blocks. */
final class BlockWriter {

  private final Destination destination;

  BlockWriter(Destination destination) {
    this.destination = destination;
  }

  /**
   * Looks for pieces that the protocol has no form for.
   *
   * @param place where they stand in the request
   * @throws LlmException if there is one
   */
  void check(String place, List<Part> parts) throws LlmException {
    for (Part part : parts) {
      String problem = problem(part);
      if (problem != null) {
        throw refused(place + " " + problem);
      }
    }
  }

  /**
   * The blocks as values of the JDK.
   *
   * @param parts pieces that {@link #check} has nothing against
   * @throws LlmException if a document of text cannot be read
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
      return Typed.object("text", "text", text.text());
    }
    if (part instanceof Part.Media media) {
      return media(media);
    }
    if (part instanceof Part.Opaque kept) {
      return Json.toJdk(Json.read(kept.json()));
    }
    Object json = ((Part.Other) part).json();
    return json instanceof String text ? Json.toJdk(Json.read(text)) : json;
  }

  private static @Nullable String problem(Part part) {
    if (part instanceof Part.Other other && OpenAiParts.has(other.type())) {
      return "has a part of the type %s, which is OpenAI's own. Send it in Anthropic's form, or as"
              .formatted(other.type())
          + " text.";
    }
    if (!(part instanceof Part.Media media)) {
      return null;
    }
    if (media.kind() == Part.Media.Kind.AUDIO) {
      return "has a recording, which Anthropic's protocol has no form for. Send its text.";
    }
    return media.isOnTheWeb() || media.mediaType() != null
        ? null
        : "has an image or a document whose URL is neither http or https nor data in base64. Make"
            + " it data:image/png;base64,….";
  }

  private Map<String, Object> media(Part.Media media) throws LlmException {
    boolean isImage = media.kind() == Part.Media.Kind.IMAGE;
    Map<String, Object> block =
        Typed.object(isImage ? "image" : "document", "source", source(media));
    if (!isImage && media.name() != null) {
      block.put("title", media.name());
    }
    return block;
  }

  private Map<String, Object> source(Part.Media media) throws LlmException {
    if (media.isOnTheWeb()) {
      return Typed.object("url", "url", media.url());
    }
    String mediaType = Objects.requireNonNull(media.mediaType(), "checked");
    String base64 = Objects.requireNonNull(media.base64(), "checked");
    return mediaType.startsWith("text/")
        ? source("text", "text/plain", text(base64))
        : source("base64", mediaType, base64);
  }

  private static Map<String, Object> source(String type, String mediaType, String data) {
    Map<String, Object> source = Typed.object(type, "media_type", mediaType);
    source.put("data", data);
    return source;
  }

  private String text(String base64) throws LlmException {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("the data URL of a document is not base64. Encode its content.");
    }
  }

  private LlmRequestException refused(String problemAndCure) {
    return UnwritableRequest.because(destination, problemAndCure);
  }
}
