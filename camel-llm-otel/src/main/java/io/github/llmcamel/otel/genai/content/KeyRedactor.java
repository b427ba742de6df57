/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what looks like a key: by its own form, or since it is long, random and not far behind a
 * word such as {@code api_key}. Takes time in proportion to the text.
 */
final class KeyRedactor implements ContentRedactor {

  static final String REPLACEMENT = "[redacted key]";

  private static final int MIN_LENGTH = 16;
  private static final int MAX_DISTANCE = 40;
  private static final double MIN_BITS = 3;

  /**
   * In front of a key: the start, what is in no key, or an escape in JSON text. Without it a form
   * that fails at the end of a long run would be tried again inside of that run.
   */
  private static final String START = "(?<=^|[^A-Za-z0-9_-]|\\\\[nrtbf])";

  /** Each half begins with what rules out most places of a text in a fraction of the time. */
  private static final Pattern FORMS =
      Pattern.compile(
          "(?=[Adeghsx-])"
              + START
              + "(?:"
              + String.join(
                  "|",
                  "sk-[A-Za-z0-9_-]{16,}+",
                  "(?:AKIA|ASIA)[A-Z0-9]{16}",
                  "gh[pousr]_[A-Za-z0-9]{20,}+",
                  "github_pat_[A-Za-z0-9_]{20,}+",
                  "glpat-[A-Za-z0-9_-]{16,}+",
                  "gsk_[A-Za-z0-9]{20,}+",
                  "hf_[A-Za-z0-9]{20,}+",
                  "xox[abeprs]-[A-Za-z0-9-]{10,}+",
                  "AIza[A-Za-z0-9_-]{35}",
                  "dt0[a-z][0-9]{2}\\.[A-Z0-9]{8,64}+\\.[A-Z0-9]{32,}+",
                  "eyJ[A-Za-z0-9_-]{5,}+\\.[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+)?",
                  "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"
                      + "(?:[^-]++|-(?!----))*+(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?")
              + ")"
              + "|(?=[A-Za-z0-9._~+/=-]{16})(?<=(?i:bearer|api-token)[ +]{1,4})"
              + "(?=[A-Za-z._~+/=-]{0,100}+[0-9])[A-Za-z0-9._~+/=-]{16,}+");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_+/.~-]{16,}+=*+");

  private static final Pattern WORD =
      Pattern.compile("api[ _-]?key|access[ _-]?key|secret|token|passw|pwd|credential|auth");

  @Override
  public String redact(ContentKind kind, String text) {
    if (kind == ContentKind.MEDIA) {
      return text;
    }
    String withoutForms = FORMS.matcher(text).replaceAll(REPLACEMENT);
    Matcher tokens = TOKEN.matcher(withoutForms);
    StringBuilder redacted = new StringBuilder();
    int done = 0;
    while (tokens.find()) {
      int start = EscapedText.wordStart(withoutForms, tokens.start(), tokens.end());
      if (isBehindWord(withoutForms, start)
          && isRandom(withoutForms.substring(start, tokens.end()))) {
        redacted.append(withoutForms, done, start).append(REPLACEMENT);
        done = tokens.end();
      }
    }
    return redacted.append(withoutForms, done, withoutForms.length()).toString();
  }

  private static boolean isBehindWord(String text, int start) {
    String before = text.substring(Math.max(0, start - MAX_DISTANCE), start);
    return WORD.matcher(before.toLowerCase(Locale.ROOT)).find();
  }

  /** Letters and digits, and more of different ones than words have. */
  private static boolean isRandom(String token) {
    boolean mixed =
        token.length() >= MIN_LENGTH
            && token.chars().anyMatch(Character::isLetter)
            && token.chars().anyMatch(Character::isDigit);
    return mixed && bits(token) >= MIN_BITS;
  }

  /** Shannon's entropy of one character. */
  private static double bits(String token) {
    int[] counts = new int[128];
    token.chars().forEach(character -> counts[character]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / token.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
