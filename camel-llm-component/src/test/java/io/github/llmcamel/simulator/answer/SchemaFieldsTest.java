/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaFieldsTest {

  @Test
  void readsTypesAlternativesAndNesting() throws Exception {
    JsonNode schema =
        new ObjectMapper()
            .readTree(
                """
                {"type":"object","properties":{
                  "a":{"type":"string"},
                  "b":{"type":["integer","null"]},
                  "c":{"anyOf":[{"type":"null"},{"type":"number"}]},
                  "d":{"type":"string","enum":["x","y"]},
                  "e":{"const":"z"},
                  "f":{"type":"array","items":{"type":"integer"}},
                  "g":{"properties":{"h":{"type":"boolean"}}},
                  "i":{"$ref":"#/x"}}}
                """);

    assertThat(SchemaFields.of(schema))
        .containsExactly(
            field("a", Field.Kind.TEXT, List.of(), false),
            field("b", Field.Kind.INTEGER, List.of(), true),
            field("c", Field.Kind.NUMBER, List.of(), true),
            new Field("d", Field.Kind.TEXT, List.of("x", "y"), List.of(), false),
            new Field("e", Field.Kind.ANY, List.of("z"), List.of(), true),
            field(
                "f",
                Field.Kind.LIST,
                List.of(field("f", Field.Kind.INTEGER, List.of(), false)),
                false),
            field(
                "g",
                Field.Kind.OBJECT,
                List.of(field("h", Field.Kind.BOOLEAN, List.of(), false)),
                false),
            field("i", Field.Kind.ANY, List.of(), true));
  }

  @Test
  void aNumberThatIsNotThereIsTheLeastOneAllowed() throws Exception {
    String schema =
        """
        {"type":"object","properties":{
          "score":{"type":"integer","minimum":1,"maximum":5},
          "change":{"type":"number","minimum":-3}}}
        """;

    assertThat(
            new Extraction(new Document(""))
                .object(SchemaFields.of(new ObjectMapper().readTree(schema))))
        .hasToString("{\"score\":1,\"change\":0}");
  }

  @Test
  void stopsInTheDepth() throws Exception {
    String schema = "{}";
    for (int depth = 0; depth < 200; depth++) {
      schema = "{\"type\":\"object\",\"properties\":{\"a\":" + schema + "}}";
    }

    String answer =
        new Extraction(new Document(""))
            .object(SchemaFields.of(new ObjectMapper().readTree(schema)))
            .toString();

    assertThat(answer).isEqualTo("{\"a\":".repeat(8) + "{}" + "}".repeat(8));
  }

  @Test
  void findsNoFieldsInASchemaWithoutProperties() throws Exception {
    assertThat(SchemaFields.of(new ObjectMapper().readTree("{\"type\":\"string\"}"))).isEmpty();
    assertThat(SchemaFields.of(new ObjectMapper().readTree("true"))).isEmpty();
  }

  private static Field field(String name, Field.Kind kind, List<Field> members, boolean nullable) {
    return new Field(name, kind, List.of(), members, nullable);
  }
}
