/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One piece of a message. */
public sealed interface Part {

  /**
   * Plain text.
   *
   * @param text may be empty, never null
   */
  record Text(String text) implements Part {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * An image, a document or a recording, by its URL: somewhere on the web, or {@code
   * data:<type>;base64,…} with the content in it. Prints no content.
   *
   * @param name its file name; null if it has none
   * @param detail how closely the model should look, in OpenAI's words; null leaves it to the
   *     provider
   */
  record Media(Kind kind, String url, @Nullable String name, @Nullable String detail)
      implements Part {

    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    /** What it is to a model. */
    public enum Kind {
      IMAGE,
      DOCUMENT,
      AUDIO
    }

    public Media {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(url, "url");
    }

    /**
     * A piece with its content in it.
     *
     * @param mediaType such as {@code image/png}; {@code image/*} is an image, {@code audio/*} a
     *     recording, anything else a document
     */
    public static Media of(String mediaType, byte[] content, @Nullable String name) {
      String base64 = Base64.getEncoder().encodeToString(content);
      return new Media(kindOf(mediaType), DATA + mediaType + BASE64 + "," + base64, name, null);
    }

    /** What a media type is to a model. */
    public static Kind kindOf(String mediaType) {
      if (mediaType.regionMatches(true, 0, "image/", 0, 6)) {
        return Kind.IMAGE;
      }
      return mediaType.regionMatches(true, 0, "audio/", 0, 6) ? Kind.AUDIO : Kind.DOCUMENT;
    }

    /** Whether the content is elsewhere on the web. */
    public boolean isOnTheWeb() {
      return url.startsWith("http://") || url.startsWith("https://");
    }

    /** The content in base64 without line breaks; null if the URL does not hold it. */
    public @Nullable String base64() {
      return mediaType() == null ? null : url.substring(url.indexOf(',') + 1);
    }

    /** How many bytes of content the URL holds; 0 if they are elsewhere on the web. */
    public long size() {
      if (isOnTheWeb()) {
        return 0;
      }
      int characters = url.length() - url.indexOf(',') - 1;
      int padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
      return mediaType() == null ? characters : characters * 3L / 4 - padding;
    }

    /** Such as {@code image/png}; null if the URL does not hold the content. */
    public @Nullable String mediaType() {
      String head = url.substring(0, Math.max(url.indexOf(','), 0));
      boolean holdsIt =
          head.regionMatches(true, 0, DATA, 0, DATA.length()) && head.endsWith(BASE64);
      return holdsIt ? head.substring(DATA.length(), head.indexOf(';')) : null;
    }

    @Override
    public String toString() {
      return "Media[%s, %d characters]".formatted(kind, url.length());
    }
  }

  /**
   * A piece that only the protocol it came from understands, such as the signature of a thought or
   * code that the provider ran. It goes back as it came in the next turn; to a provider that speaks
   * another protocol it is not sent.
   *
   * @param protocol the protocol's name in lower case, such as {@code gemini}
   * @param json the piece as JSON text
   */
  record Opaque(String protocol, String json) implements Part {
    public Opaque {
      Objects.requireNonNull(protocol, "protocol");
      Objects.requireNonNull(json, "json");
    }

    @Override
    public String toString() {
      return "Opaque[%s, %d characters]".formatted(protocol, json.length());
    }
  }

  /**
   * A piece this library does not model, such as a vendor's own kind: sent as it came.
   *
   * @param type the word the protocol uses for it, such as {@code image_url}
   * @param json the piece as JSON values of the JDK, or the JSON text
   */
  record Other(String type, Object json) implements Part {
    public Other {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(json, "json");
    }
  }
}
