/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a file's name says about its content: Gemini does not look by itself. These are
 * the types it takes, in Google's spelling, such as {@code audio/mp3}.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/file-input-methods">Gemini API, file
 *     input</a>
 */
final class MediaTypes {

  private static final Pattern FILE =
      Pattern.compile("(?:https?|gs)://[^/?#]+/[^?#]*\\.(\\w+)(?:[?#].*)?");

  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("gif", "image/gif"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/md"),
          Map.entry("html", "text/html"),
          Map.entry("csv", "text/csv"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mp3"),
          Map.entry("aac", "audio/aac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("mov", "video/mov"),
          Map.entry("webm", "video/webm"));

  private MediaTypes() {}

  /** The type of a file on the web or in Google's cloud storage; null if its name does not tell. */
  static @Nullable String ofUrl(String url) {
    Matcher file = FILE.matcher(url);
    return file.matches() ? BY_ENDING.get(file.group(1).toLowerCase(Locale.ROOT)) : null;
  }
}
