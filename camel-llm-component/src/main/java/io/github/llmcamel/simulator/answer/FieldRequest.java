/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final Map<Field.Kind, Pattern> KINDS =
      new EnumMap<>(
          Map.of(
              Field.Kind.NUMBER, of("\\b(?:number|float|decimal|numeric)\\b|^[\\s:]*-?\\d"),
              Field.Kind.INTEGER, of("\\b(?:integer|int)\\b"),
              Field.Kind.BOOLEAN, of("\\b(?:boolean|bool|true|false)\\b"),
              Field.Kind.LIST, of("^\\W*\\[|\\b(?:array|list)\\b")));

  private FieldRequest() {}

  static boolean asksForJson(String instruction) {
    return JSON.matcher(instruction).find() && !NO_JSON.matcher(instruction).find();
  }

  /** The fields in order; empty if the instruction names none. */
  static List<Field> fields(String instruction) {
    Map<String, Field> fields = new LinkedHashMap<>(JsonTemplate.fields(instruction));
    for (int at = 0; fields.isEmpty() && at < INTRODUCTIONS.size(); at++) {
      Matcher found = INTRODUCTIONS.get(at).matcher(instruction);
      for (int tries = 0; tries < MOST_TRIES && fields.isEmpty() && found.find(); tries++) {
        putAll(fields, NameList.at(instruction, found.end()));
      }
    }
    Matcher listed = AS_JSON.matcher(instruction);
    if (fields.isEmpty() && listed.find()) {
      putAll(fields, NameList.at(listed.group(1), 0));
    }
    if (fields.isEmpty()) {
      QUOTED
          .matcher(instruction)
          .results()
          .map(quoted -> Field.any(quoted.group(1)))
          .forEach(field -> fields.putIfAbsent(field.name(), field));
    }
    Matcher extracted = EXTRACT.matcher(instruction);
    if (fields.isEmpty() && extracted.find()) {
      putAll(fields, NameList.at(instruction, extracted.end()));
    }
    return new ArrayList<>(fields.values());
  }

  private static void putAll(Map<String, Field> fields, List<NameList.Name> names) {
    for (NameList.Name name : names) {
      Field field = Field.of(name.text(), kind(name.remark()));
      fields.putIfAbsent(name.text(), field.withOptions(options(name.remark())));
    }
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
    return KINDS.entrySet().stream()
        .filter(words -> words.getValue().matcher(remark).find())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Field.Kind.ANY);
  }

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
