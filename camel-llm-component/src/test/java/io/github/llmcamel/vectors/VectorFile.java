/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.vectors;

import io.github.llmcamel.codec.ReasoningTags;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code vectors.txt}, whose head explains its notation. */
public final class VectorFile {

  private static final Pattern TITLE = Pattern.compile("([A-Z]\\d\\d[a-z]?) (.+)");

  /** A semicolon outside of quotes, and what it parts. */
  private static final Pattern ITEM = Pattern.compile("(?:\"(?:\\\\.|[^\"\\\\])*\"|[^;\"])+");

  private final Map<String, Vector> vectors = new LinkedHashMap<>();
  private final List<RequestVector> requests = new ArrayList<>();
  private String provider = "";
  private List<String> row = new ArrayList<>();

  private VectorFile() {}

  /** All rows about answers, in their order. */
  public static List<Vector> all() {
    return List.copyOf(read().vectors.values());
  }

  /** All rows about requests, in their order. */
  public static List<RequestVector> requests() {
    return List.copyOf(read().requests);
  }

  private static VectorFile read() {
    VectorFile file = new VectorFile();
    text().lines().forEach(file::line);
    file.endRow();
    return file;
  }

  private static String text() {
    try (InputStream in = VectorFile.class.getResourceAsStream("/vectors.txt")) {
      return new String(
          Objects.requireNonNull(in, "vectors.txt").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      return;
    }
    if (line.isBlank() || line.startsWith("provider ")) {
      endRow();
      provider = line.isBlank() ? provider : line.substring("provider ".length()).strip();
    } else {
      row.add(line.strip());
    }
  }

  private void endRow() {
    if (row.isEmpty()) {
      return;
    }
    Matcher title = TITLE.matcher(row.get(0));
    if (!title.matches()) {
      throw new IllegalArgumentException("No id and title: " + row.get(0));
    }
    addRow(title.group(1), title.group(2));
    row = new ArrayList<>();
  }

  private void addRow(String id, String title) {
    Map<String, String> settings = new HashMap<>();
    StringBuilder body = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (String line : row.subList(1, row.size())) {
      int space = line.indexOf(' ');
      String value = line.substring(space + 1);
      switch (line.substring(0, space)) {
        case ">" -> body.append(value).append(' ');
        case "=" -> ITEM.matcher(value).results().forEach(item -> add(expected, item.group()));
        default -> settings.put(line.substring(0, space), value);
      }
    }
    String request = settings.get("asks");
    if (request != null) {
      String base = settings.getOrDefault("base", "");
      requests.add(new RequestVector(id, title, provider, base, request, expected));
    } else if (vectors.put(id, vector(id, title, settings, body.toString(), expected)) != null) {
      throw new IllegalArgumentException("Two rows " + id);
    }
  }

  private Vector vector(
      String id, String title, Map<String, String> settings, String body, List<String> expected) {
    String[] reply = settings.getOrDefault("reply", "200").split(" *\\| *", -1);
    int status = Integer.parseInt(reply[0]);
    String asked = settings.getOrDefault("asked", "");
    return new Vector(
        id,
        title,
        provider,
        !settings.containsKey("asked"),
        asked.startsWith("embeddings ") ? Integer.parseInt(asked.substring(11)) : 0,
        ReasoningTags.valueOf(settings.getOrDefault("tags", "kept").toUpperCase(Locale.ROOT)),
        Long.parseLong(settings.getOrDefault("limit", "20000000")),
        status,
        headers(reply, status < 400 ? "text/event-stream" : "application/json"),
        withLineEnds(steps(body), settings.getOrDefault("ends", "⏎")),
        expected);
  }

  private static void add(List<String> expected, String item) {
    if (!item.isBlank()) {
      expected.add(item.strip());
    }
  }

  private static Map<String, List<String>> headers(String[] reply, String contentType) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("content-type", List.of(contentType));
    for (int i = 1; i < reply.length; i++) {
      int colon = reply[i].indexOf(':');
      headers.put(
          reply[i].substring(0, colon).toLowerCase(Locale.ROOT),
          List.of(reply[i].substring(colon + 1).strip()));
    }
    return headers;
  }

  /** The steps of a body; it ends in order where nothing else is said. */
  private List<Step> steps(String body) {
    List<Step> steps =
        new ArrayList<>(
            WireText.steps(
                body, id -> withoutEnd(Objects.requireNonNull(vectors.get(id), id).steps())));
    Step last = steps.isEmpty() ? new Step.Bytes(new byte[0]) : steps.get(steps.size() - 1);
    if (last instanceof Step.Bytes) {
      steps.add(new Step.End());
    }
    return steps;
  }

  private static List<Step> withoutEnd(List<Step> steps) {
    return steps.stream().filter(step -> !(step instanceof Step.End)).toList();
  }

  /** The steps with every line end written as {@code ends}. */
  private static List<Step> withLineEnds(List<Step> steps, String ends) {
    List<Step> written = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Bytes bytes && !ends.equals("⏎")) {
        String text = new String(bytes.bytes(), StandardCharsets.ISO_8859_1);
        String[] packets =
            text.replace("\n", ends.replace('⏎', '\n').replace('␍', '\r')).split("⟂", -1);
        for (String packet : packets) {
          written.add(new Step.Bytes(packet.getBytes(StandardCharsets.ISO_8859_1)));
        }
      } else {
        written.add(step);
      }
    }
    return written;
  }
}
