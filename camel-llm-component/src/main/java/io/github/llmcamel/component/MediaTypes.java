/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The media types that a model takes as something else than text. */
final class MediaTypes {

  // A table of our own: what the JDK guesses depends on the machine.
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("avif", "image/avif"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("aac", "audio/aac"),
          Map.entry("aiff", "audio/aiff"),
          Map.entry("flac", "audio/flac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("weba", "audio/webm"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("epub", "application/epub+zip"),
          Map.entry("doc", "application/msword"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("ppt", "application/vnd.ms-powerpoint"),
          Map.entry("docx", openXml("wordprocessingml.document")),
          Map.entry("xlsx", openXml("spreadsheetml.sheet")),
          Map.entry("pptx", openXml("presentationml.presentation")),
          Map.entry("odt", "application/vnd.oasis.opendocument.text"),
          Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
          Map.entry("odp", "application/vnd.oasis.opendocument.presentation"));

  /** Files that are text, whatever a header says that an earlier step has left. */
  private static final Set<String> TEXT =
      Set.of("txt", "md", "csv", "json", "xml", "html", "htm", "svg", "yaml", "yml");

  private MediaTypes() {}

  /** The media type of a file by the end of its name; null if that is not in the table. */
  static @Nullable String ofName(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return TEXT.contains(extension) ? "text/plain" : BY_EXTENSION.get(extension);
  }

  /** Whether a model is sent this as what it is; all else is text. */
  static boolean isMedia(String mediaType) {
    // An SVG is an image that models read as text.
    boolean isText = mediaType.endsWith("+xml");
    boolean isSeenOrHeard = mediaType.startsWith("image/") || mediaType.startsWith("audio/");
    return (isSeenOrHeard && !isText) || BY_EXTENSION.containsValue(mediaType);
  }

  /** The type alone, in lower case, of what may have parameters. */
  static String withoutParameters(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static String openXml(String kind) {
    return "application/vnd.openxmlformats-officedocument." + kind;
  }
}
