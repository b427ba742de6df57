/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.vectors;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands the notation of bodies, which the head of {@code vectors.txt} explains, to steps. */
final class WireText {

  private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]*");
  private static final Pattern SUM = Pattern.compile("(\\d+),(\\d+)");
  private static final Pattern REPEAT = Pattern.compile("(\\d+)×\\(");
  private static final Pattern TIME = Pattern.compile("@(\\+?)(\\d+)(ms|s)");
  private static final Pattern FILL = Pattern.compile("«(\\d+)×(.)»");
  private static final String MESSAGE_START =
      "event: message_start⏎data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\","
          + "\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
          + "\"stop_reason\":null,\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}⏎⏎";

  private final String text;
  private final Function<String, List<Step>> rows;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  private WireText(String text, Function<String, List<Step>> rows) {
    this.text = text;
    this.rows = rows;
  }

  /**
   * The steps that the text stands for.
   *
   * @param rows what an earlier row, named by its id, stands for
   */
  static List<Step> steps(String text, Function<String, List<Step>> rows) {
    WireText wire = new WireText(text, rows);
    while (wire.at < text.length()) {
      wire.token();
    }
    return List.copyOf(wire.steps);
  }

  private void token() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '⟂') {
      at++;
    } else if (c == '`') {
      int end = text.indexOf('`', at + 1);
      bytes(text.substring(at + 1, end));
      at = end + 1;
    } else if (c == '@') {
      time(match(TIME));
    } else if (Character.isDigit(c)) {
      repeat(Integer.parseInt(match(REPEAT).group(1)));
    } else {
      word(match(WORD).group());
    }
  }

  private void word(String word) {
    switch (word) {
      case "T" ->
          data(
              "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}"
                  .formatted(quoted()));
      case "F" ->
          data(
              "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}"
                  .formatted(quoted()));
      case "U" -> usage(enclosed());
      case "D" -> data(enclosed());
      case "C" -> data("{\"choices\":[{\"index\":0,\"delta\":" + enclosed() + "}]}");
      case "TC" ->
          data("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + enclosed() + "]}}]}");
      case "L" -> bytes(enclosed() + "⏎");
      case "A" -> anthropic(enclosed());
      case "MS" -> bytes(MESSAGE_START);
      case "DONE" -> bytes("data: [DONE]⏎⏎");
      case "EOF" -> steps.add(new Step.End());
      case "RST" -> steps.add(new Step.Reset());
      case "CANCEL" -> steps.add(new Step.Cancel());
      default -> steps.addAll(rows.apply(word));
    }
  }

  private void usage(String counts) {
    Matcher sum = SUM.matcher(counts.substring(1, counts.length() - 1));
    if (!sum.matches()) {
      throw problem("U(input,output)");
    }
    long input = Long.parseLong(sum.group(1));
    long output = Long.parseLong(sum.group(2));
    data(
        "{\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}"
            .formatted(input, output, input + output));
  }

  private void anthropic(String argument) {
    int comma = argument.indexOf(',');
    String type = argument.substring(1, comma);
    String members = argument.substring(comma + 2, argument.length() - 2);
    bytes(
        "event: %s⏎data: {\"type\":\"%s\"%s}⏎⏎"
            .formatted(type, type, members.isEmpty() ? "" : "," + members));
  }

  private void data(String json) {
    bytes("data: " + json + "⏎⏎");
  }

  private void time(Matcher time) {
    long number = Long.parseLong(time.group(2));
    Duration duration =
        time.group(3).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    steps.add(time.group(1).isEmpty() ? new Step.At(duration) : new Step.After(duration));
  }

  private void repeat(int times) {
    at--;
    String body = enclosed();
    List<Step> repeated = steps(body.substring(1, body.length() - 1), rows);
    for (int i = 0; i < times; i++) {
      steps.addAll(repeated);
    }
  }

  /** What a pair of quotes holds, as it stands in JSON. */
  private String quoted() {
    int start = ++at;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return text.substring(start, at++);
  }

  /** A balanced bracket with all it holds; brackets in strings of JSON do not count. */
  private String enclosed() {
    int start = at;
    int depth = 0;
    boolean inString = false;
    do {
      char c = text.charAt(at);
      if (inString) {
        at += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '"') {
        inString = true;
      } else {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
      at++;
    } while (depth > 0);
    return text.substring(start, at);
  }

  private Matcher match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw problem(pattern.pattern());
    }
    at = matcher.end();
    return matcher;
  }

  private IllegalArgumentException problem(String wanted) {
    return new IllegalArgumentException(
        "Not %s: %s".formatted(wanted, text.substring(at, Math.min(text.length(), at + 40))));
  }

  /** Adds what the characters stand for; a packet border parts them. */
  private void bytes(String notation) {
    Matcher fill = FILL.matcher(notation);
    String filled =
        fill.replaceAll(found -> found.group(2).repeat(Integer.parseInt(found.group(1))));
    for (String packet : filled.split("⟂", -1)) {
      steps.add(new Step.Bytes(raw(packet)));
    }
  }

  private static byte[] raw(String packet) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String breaks = packet.replace('⏎', '\n').replace('␍', '\r');
    int kept = 0;
    for (int i = breaks.indexOf("\\x"); i >= 0; i = breaks.indexOf("\\x", kept)) {
      bytes.writeBytes(breaks.substring(kept, i).getBytes(StandardCharsets.UTF_8));
      bytes.write(Integer.parseInt(breaks.substring(i + 2, i + 4), 16));
      kept = i + 4;
    }
    bytes.writeBytes(breaks.substring(kept).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
