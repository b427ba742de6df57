/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.model.ResponseFormat;
import java.util.Objects;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFormatOptionsTest {

  private final LlmConfiguration uri = new LlmConfiguration();
  private final LlmConfiguration component = new LlmConfiguration();

  @Test
  void nothingIsAskedForUnlessSomebodySetsIt() {
    assertThat(read()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = ResponseFormatType.class,
      names = {"TEXT", "JSON"})
  void aFormWithoutASchemaIsNothingButItsType(ResponseFormatType format) {
    uri.setResponseFormat(format);

    assertThat(read())
        .isEqualTo(
            format == ResponseFormatType.TEXT
                ? new ResponseFormat.Text()
                : new ResponseFormat.Json());
  }

  @Test
  void aSchemaAloneIsEnough() {
    uri.setJsonSchema("{\"type\":\"object\",\"required\":[\"b\",\"a\"],\"default\":null}");

    assertThat(read())
        .hasToString(
            "JsonSchema[name=answer, schema={type=object, required=[b, a], default=null},"
                + " strict=null, description=null, extras={}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Invoice\"           | Invoice",
        "\"An invoice_2-a, ü\" | Aninvoice_2-a",
        "\"請求書\"             | answer",
        "\"\"                  | answer",
        "7                     | answer",
      })
  void theTitleOfASchemaIsItsNameInTheCharactersThatOpenAiAllows(String title, String name) {
    uri.setJsonSchema("{\"title\":%s}".formatted(title));

    assertThat(name()).isEqualTo(name);
  }

  @Test
  void aLongTitleIsCut() {
    uri.setJsonSchema("{\"title\":\"%s\"}".formatted("x".repeat(65)));

    assertThat(name()).hasSize(64);
  }

  @Test
  void aSchemaIsReadFromAResource() {
    uri.setJsonSchema("resource:classpath:schema.json");

    assertThat(name()).isEqualTo("Invoice");
  }

  @Test
  void theComponentCountsForAUriThatSetsNeither() {
    component.setResponseFormat(ResponseFormatType.JSON_SCHEMA);
    component.setJsonSchema("{\"title\":\"component\"}");

    assertThat(name()).isEqualTo("component");
  }

  @Test
  void aUriGoesBeforeTheComponentWithBoth() {
    component.setJsonSchema("{\"title\":\"component\"}");
    uri.setResponseFormat(ResponseFormatType.TEXT);
    assertThat(read()).isEqualTo(new ResponseFormat.Text());

    component.setResponseFormat(ResponseFormatType.JSON_SCHEMA);
    uri.setResponseFormat(null);
    uri.setJsonSchema("{\"title\":\"uri\"}");
    assertThat(name()).isEqualTo("uri");
  }

  @Test
  void aUriIsNotCompletedByTheComponentsSchema() {
    component.setJsonSchema("{}");
    uri.setResponseFormat(ResponseFormatType.JSON_SCHEMA);

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessage(
            "responseFormat=jsonSchema has no schema. Set jsonSchema or outputClass beside it.");
  }

  @ParameterizedTest
  @EnumSource(
      value = ResponseFormatType.class,
      names = {"TEXT", "JSON"})
  void aSchemaContradictsAnotherForm(ResponseFormatType format) {
    uri.setResponseFormat(format);
    uri.setJsonSchema("{\"title\":\"canary\"}");

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageMatching(
            "jsonSchema contradicts responseFormat=(text|json)\\. Remove one of them\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "canary", "[\"canary\"]", "{\"canary\":", "classpath:canary.json"})
  void whatIsNoSchemaIsRefusedWithoutQuotingIt(String text) {
    uri.setJsonSchema(text);

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith("jsonSchema is no JSON object")
        .withMessageEndingWith(": give a schema in RAW(…), or a resource: that holds one.")
        .withMessageNotContaining("canary")
        .withNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classpath:none.json",
        "file:none.json",
        "file:src",
        "none:x",
        "ref:none",
        "base64:!"
      })
  void aResourceThatCannotBeReadIsNamed(String resource) {
    uri.setJsonSchema("resource:" + resource);

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessage(
            "The resource '%s' of the option jsonSchema cannot be read. Correct its path."
                .formatted(resource));
  }

  private String name() {
    return ((ResponseFormat.JsonSchema) Objects.requireNonNull(read())).name();
  }

  private @Nullable ResponseFormat read() {
    LlmConfiguration owner = ResponseFormatOptions.owner(uri, component);
    DefaultCamelContext context = new DefaultCamelContext();
    return ResponseFormatOptions.read(
        owner, ResponseFormatOptions.outputClass(owner, context), context);
  }
}
