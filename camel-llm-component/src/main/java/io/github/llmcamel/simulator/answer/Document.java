/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text, with what its lines say about themselves. Confined to one answer; reads lazily. */
final class Document {

  private static final Pattern LABELLED =
      Pattern.compile(
          "[\\s>*#|_-]{0,8}+(\\p{L}[\\p{L}\\p{N} ./'’&()_-]{0,40}?)[\\s*_]{0,4}[:：]"
              + "(?:[\\s*_]++(.*)|$)");
  private static final Pattern BULLET =
      Pattern.compile("\\s{0,8}(?:[-*•+]|\\d{1,3}[.)])\\s+(?:\\[.\\]\\s*)?(.*)");

  private static final int LONGEST_LIST = 100;

  private final String text;
  private @Nullable List<String> lines;
  private @Nullable Map<String, List<String>> labels;
  private @Nullable String language;

  Document(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  String text() {
    return text;
  }

  /** The lines that are not blank, without the space around them. */
  List<String> lines() {
    List<String> read = lines;
    if (read == null) {
      read = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      lines = read;
    }
    return read;
  }

  /** What stands behind {@code label:} or in the list below it, wherever it occurs, in order. */
  Optional<List<String>> labelled(String label) {
    Map<String, List<String>> read = labels;
    if (read == null) {
      read = readLabels();
      labels = read;
    }
    return Optional.ofNullable(read.get(label)).filter(values -> !values.isEmpty());
  }

  /** The first line that says all these words and has a digit. */
  Optional<String> lineWith(List<String> words) {
    return lines().stream()
        .filter(line -> line.chars().anyMatch(Character::isDigit))
        .filter(line -> words.stream().allMatch(line.toLowerCase(Locale.ROOT)::contains))
        .findFirst();
  }

  /** The ISO 639-1 code, empty if it cannot be told. */
  String language() {
    String read = language;
    if (read == null) {
      read = Language.of(text);
      language = read;
    }
    return read;
  }

  static boolean isLabelled(String line) {
    return LABELLED.matcher(line).lookingAt();
  }

  static boolean isBullet(String line) {
    return BULLET.matcher(line).matches();
  }

  private Map<String, List<String>> readLabels() {
    Map<String, List<String>> read = new HashMap<>();
    for (int at = 0; at < lines().size(); at++) {
      Matcher line = LABELLED.matcher(lines().get(at));
      if (line.lookingAt()) {
        List<String> values =
            read.computeIfAbsent(Words.plain(line.group(1)), label -> new ArrayList<>());
        String value = line.group(2) == null ? "" : clean(line.group(2));
        if (!value.isEmpty() && values.size() < LONGEST_LIST) {
          values.add(value);
        } else if (value.isEmpty() && values.isEmpty()) {
          values.addAll(bullets(at + 1));
        }
      }
    }
    return read;
  }

  private List<String> bullets(int from) {
    List<String> bullets = new ArrayList<>();
    for (String line : lines().subList(from, Math.min(from + LONGEST_LIST, lines().size()))) {
      Matcher bullet = BULLET.matcher(line);
      if (!bullet.matches()) {
        break;
      }
      bullets.add(clean(bullet.group(1)));
    }
    return bullets;
  }

  private static String clean(String value) {
    return value.replace("**", "").replaceAll("\\s*\\|\\s*$", "").strip();
  }
}
