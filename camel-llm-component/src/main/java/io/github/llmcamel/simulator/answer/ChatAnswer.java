/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers a conversation: with JSON, with a label or with a few words of the document. */
public final class ChatAnswer {

  private static final List<Field> ANY_OBJECT = List.of(Field.any("title"), Field.any("summary"));

  private ChatAnswer() {}

  /**
   * The answer to the last message of the user.
   *
   * <p>A wanted JSON object holds exactly the fields that were named, or a title and a summary if
   * none were. A wanted label is one of the labels, in the spelling of the instruction. Any other
   * answer starts with {@code [simulated]}.
   *
   * @param responseFormat the member {@code response_format} of the request; null if absent
   */
  public static String to(List<Turn> turns, @Nullable JsonNode responseFormat) {
    List<Prompt> readings = Prompt.readings(turns);
    String format = responseFormat == null ? "" : responseFormat.path("type").asText();
    if (responseFormat != null && format.equals("json_schema")) {
      return json(turns, responseFormat.path("json_schema").path("schema"));
    }
    for (Prompt reading : readings) {
      String answer = asked(reading, format.equals("json_object"));
      if (answer != null) {
        return answer;
      }
    }
    Prompt last = readings.get(readings.size() - 1);
    return format.equals("json_object") ? json(ANY_OBJECT, last) : Summary.of(last);
  }

  /** A JSON object with the fields of a schema, from the last message of the user. */
  public static String json(List<Turn> turns, JsonNode schema) {
    return json(SchemaFields.of(schema), Prompt.readings(turns).get(0));
  }

  /** Null if the instruction asks for none of the things we know. */
  private static @Nullable String asked(Prompt prompt, boolean jsonWanted) {
    String instruction = prompt.instruction();
    if (jsonWanted || FieldRequest.asksForJson(instruction)) {
      List<Field> fields = FieldRequest.fields(instruction);
      if (!fields.isEmpty() || !jsonWanted) {
        return json(fields.isEmpty() ? ANY_OBJECT : fields, prompt);
      }
      return null;
    }
    List<String> labels = LabelRequest.labels(instruction);
    if (!labels.isEmpty()) {
      Document document = new Document(prompt.document());
      return YesOrNo.isOffered(labels)
          ? YesOrNo.choose(labels, instruction, document)
          : Classification.choose(labels, document);
    }
    return Summary.isAskedFor(instruction) ? Summary.of(prompt) : null;
  }

  private static String json(List<Field> fields, Prompt prompt) {
    return new Extraction(new Document(prompt.document())).object(fields).toString();
  }
}
