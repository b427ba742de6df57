/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.model.Part;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image as OpenAI's messages hold it, for protocols that hold it otherwise. Prints nothing of
 * it.
 *
 * @param url on the web, or the image itself as {@code data:…;base64,…}; empty if there is none
 */
public record ImageUrl(String url) {

  /** The type of the part. */
  public static final String TYPE = "image_url";

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64";

  /**
   * Reads a part of the type {@value #TYPE}, also if the URL is not wrapped into an object.
   *
   * @throws JsonProcessingException if the part is text that should be JSON and is not
   */
  public static ImageUrl of(Part.Other part) throws JsonProcessingException {
    Object json = part.json() instanceof String text ? Json.toJdk(Json.read(text)) : part.json();
    Object image = json instanceof Map<?, ?> members ? members.get(TYPE) : null;
    Object url = image instanceof Map<?, ?> members ? members.get("url") : image;
    return new ImageUrl(url instanceof String text ? text : "");
  }

  /** Whether the image is elsewhere on the web. */
  public boolean isOnTheWeb() {
    return url.startsWith("http://") || url.startsWith("https://");
  }

  /** The image itself in base64; null if the URL does not hold it. */
  public @Nullable String base64() {
    return mediaType() == null ? null : url.substring(url.indexOf(',') + 1);
  }

  /** Such as {@code image/png}; null if the URL does not hold the image. */
  public @Nullable String mediaType() {
    String head = url.substring(0, Math.max(url.indexOf(','), 0));
    boolean holdsIt = head.regionMatches(true, 0, DATA, 0, DATA.length()) && head.endsWith(BASE64);
    return holdsIt ? head.substring(DATA.length(), head.indexOf(';')) : null;
  }

  @Override
  public String toString() {
    return "ImageUrl[%d characters]".formatted(url.length());
  }
}
