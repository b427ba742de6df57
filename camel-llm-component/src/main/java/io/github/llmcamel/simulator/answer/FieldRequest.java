/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which fields an instruction wants in a JSON object. */
final class FieldRequest {

  private static final int MOST_TRIES = 20;
  private static final Pattern JSON = of("\\bjson\\b");
  private static final Pattern NO_JSON =
      of("\\b(?:no|not|without|never)\\b[^.\\n]{0,20}\\bjson\\b");

  private static final String NO_HEADING =
      "(?!\\s+(?:the\\s+)?(?:following\\s+)?(?:fields|keys|properties|attributes|members)\\b)";

  /** What stands before a list of fields, surest first. */
  private static final List<Pattern> INTRODUCTIONS =
      List.of(
          of("\\b(?:fields?|keys?|propert(?:y|ies)|attributes?|members?)\\b[^:\\n.,\"`]{0,40}:"),
          of(
              "\\b(?:fields|keys|properties|attributes|members)\\b"
                  + "(?:\\s+(?:named|called|are|exactly|only)){0,5}"),
          of("\\bjson\\b[^:\\n.]{0,60}:"),
          of(
              "\\bjson\\b(?:\\s+(?:object|document|record))?\\s+(?:with|containing|having)"
                  + NO_HEADING
                  + "(?:\\s+(?:only|exactly|just))?"));

  private static final Pattern AS_JSON =
      of(
          "\\b(?:extract|give|return|find|provide|list)\\s+(?:me\\s+)?(?:the\\s+following\\s+)?"
              + "([^.:\\n]{1,300}?)\\s+(?:as|in|into|to)\\s+(?:an?\\s+|valid\\s+){0,3}json\\b");
  private static final Pattern EXTRACT = of("\\bextract\\b(?=[^.\\n]{0,300}(?:,|\\band\\b))");
  private static final Pattern QUOTED = of("[`\"]([\\p{L}_][\\p{L}\\p{N}_-]{0,40})[`\"]");

  private static final Set<String> TYPES =
      Set.of("string", "text", "number", "integer", "boolean", "array", "list", "object", "null");

  /** What a remark says about the kind; the first that fits counts. */
  private static final List<Map.Entry<Field.Kind, Pattern>> KINDS =
      List.of(
          Map.entry(Field.Kind.LIST, of("^\\W*\\[|\\b(?:array|list)\\b")),
          Map.entry(Field.Kind.INTEGER, of("\\b(?:integer|int)\\b")),
          Map.entry(Field.Kind.NUMBER, of("\\b(?:number|float|decimal|numeric)\\b|^[\\s:]*-?\\d")),
          Map.entry(Field.Kind.BOOLEAN, of("\\b(?:boolean|bool|true|false)\\b")));

  private static final List<Function<String, List<Field>>> READERS =
      List.of(
          JsonTemplate::fields,
          FieldRequest::introduced,
          FieldRequest::listedAsJson,
          FieldRequest::quoted,
          FieldRequest::extracted);

  private FieldRequest() {}

  static boolean asksForJson(String instruction) {
    return JSON.matcher(instruction).find() && !NO_JSON.matcher(instruction).find();
  }

  /** The fields in order; empty if the instruction names none. */
  static List<Field> fields(String instruction) {
    return READERS.stream()
        .map(reader -> reader.apply(instruction))
        .filter(fields -> !fields.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<Field> introduced(String instruction) {
    for (Pattern introduction : INTRODUCTIONS) {
      Matcher found = introduction.matcher(instruction);
      for (int tries = 0; tries < MOST_TRIES && found.find(); tries++) {
        List<Field> fields = named(NameList.at(instruction, found.end()));
        if (!fields.isEmpty()) {
          return fields;
        }
      }
    }
    return List.of();
  }

  private static List<Field> listedAsJson(String instruction) {
    Matcher listed = AS_JSON.matcher(instruction);
    return listed.find() ? named(NameList.at(listed.group(1), 0)) : List.of();
  }

  private static List<Field> quoted(String instruction) {
    return QUOTED
        .matcher(instruction)
        .results()
        .map(quoted -> quoted.group(1))
        .distinct()
        .map(Field::any)
        .toList();
  }

  private static List<Field> extracted(String instruction) {
    Matcher extract = EXTRACT.matcher(instruction);
    return extract.find() ? named(NameList.at(instruction, extract.end())) : List.of();
  }

  private static List<Field> named(List<NameList.Name> names) {
    return names.stream()
        .map(name -> Field.of(name.text(), kind(name.remark())).withOptions(options(name.remark())))
        .toList();
  }

  /** What a remark such as {@code (one of: a, b)} or a sample value {@code a|b} lets one choose. */
  static List<String> options(String remark) {
    List<String> labels = LabelRequest.labels(remark);
    if (labels.isEmpty() && remark.contains("|")) {
      labels = NameList.at(remark, 0).stream().map(NameList.Name::text).toList();
    }
    return labels.stream().anyMatch(TYPES::contains) ? List.of() : labels;
  }

  /** What a remark such as {@code (number)} or a sample value says about the kind. */
  static Field.Kind kind(String remark) {
    return KINDS.stream()
        .filter(words -> words.getValue().matcher(remark).find())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Field.Kind.ANY);
  }

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
