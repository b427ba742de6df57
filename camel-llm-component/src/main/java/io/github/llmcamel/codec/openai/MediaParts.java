/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.Typed;
import io.github.llmcamel.model.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images, documents and recordings as content parts: values of the JDK. */
final class MediaParts {

  private static final String IMAGE = "image_url";
  private static final String AUDIO = "input_audio";
  private static final String FILE = "file";

  private MediaParts() {}

  /**
   * The part.
   *
   * @param media one that {@link #problem} has nothing against
   */
  static Map<String, Object> write(Part.Media media) {
    return switch (media.kind()) {
      case IMAGE -> Typed.object(IMAGE, IMAGE, image(media));
      case AUDIO -> Typed.object(AUDIO, AUDIO, audio(media));
      case DOCUMENT -> Typed.object(FILE, FILE, file(named(media)));
    };
  }

  /** What the protocol has no form for, and the cure; null if there is nothing. */
  static @Nullable String problem(Part.Media media) {
    if (media.kind() == Part.Media.Kind.IMAGE || media.mediaType() != null) {
      return null;
    }
    return "has a %s by its URL, but OpenAI's protocol takes its content only. Fetch it, or make it"
            .formatted(media.kind() == Part.Media.Kind.AUDIO ? "recording" : "document")
        + " data:…;base64,….";
  }

  /** A part that {@link #write} can write, without what else is in it; null for other kinds. */
  static Part.@Nullable Media read(String type, Map<?, ?> part) {
    Object inner = part.get(type);
    Map<?, ?> members = inner instanceof Map<?, ?> map ? map : Map.of();
    Part.Media media =
        switch (type) {
          case IMAGE -> image(members, inner);
          case AUDIO -> audio(members);
          case FILE -> file(members);
          default -> null;
        };
    return media == null || problem(media) != null ? null : media;
  }

  private static Map<String, Object> image(Part.Media media) {
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("url", media.url());
    put(image, "detail", media.detail());
    return image;
  }

  private static Part.@Nullable Media image(Map<?, ?> members, @Nullable Object inner) {
    // Mistral's form is the bare URL.
    Object url = inner instanceof String ? inner : members.get("url");
    return url instanceof String text
        ? new Part.Media(Part.Media.Kind.IMAGE, text, null, text(members, "detail"))
        : null;
  }

  private static Map<String, Object> audio(Part.Media media) {
    Map<String, Object> audio = new LinkedHashMap<>();
    put(audio, "data", media.base64());
    put(audio, "format", format(media.mediaType()));
    return audio;
  }

  /** OpenAI's word is the end of the media type, but for MP3. */
  private static @Nullable String format(@Nullable String mediaType) {
    if (mediaType == null) {
      return null;
    }
    String subtype = mediaType.substring(mediaType.indexOf('/') + 1);
    return switch (subtype) {
      case "mpeg" -> "mp3";
      case "x-wav", "wave", "vnd.wave" -> "wav";
      default -> subtype;
    };
  }

  private static Part.@Nullable Media audio(Map<?, ?> members) {
    String data = text(members, "data");
    String format = text(members, "format");
    if (data == null || format == null) {
      return null;
    }
    String mediaType = "audio/" + (format.equals("mp3") ? "mpeg" : format);
    String url = "data:%s;base64,%s".formatted(mediaType, data);
    return new Part.Media(Part.Media.Kind.AUDIO, url, null, null);
  }

  /** OpenAI wants a file to have a name. */
  private static Part.Media named(Part.Media media) {
    String mediaType = media.mediaType();
    if (media.name() != null || mediaType == null) {
      return media;
    }
    String subtype = mediaType.substring(mediaType.indexOf('/') + 1);
    String name = subtype.matches("[a-z]{3,4}") ? "document." + subtype : "document";
    return new Part.Media(media.kind(), media.url(), name, media.detail());
  }

  private static Map<String, Object> file(Part.Media media) {
    Map<String, Object> file = new LinkedHashMap<>();
    put(file, "filename", media.name());
    file.put("file_data", media.url());
    return file;
  }

  private static Part.@Nullable Media file(Map<?, ?> members) {
    String data = text(members, "file_data");
    return data == null
        ? null
        : new Part.Media(Part.Media.Kind.DOCUMENT, data, text(members, "filename"), null);
  }

  private static @Nullable String text(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? text : null;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
