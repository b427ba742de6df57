/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolOptionsTest {

  private static final Tool WEATHER =
      new Tool.Function(
          "weather",
          "The weather of a city.",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of("city", Map.of("type", "string")),
              "required",
              List.of("city")));
  private static final Tool TIME = new Tool.Function("time", null, null);
  private static final Tool SEARCH = new Tool.Other(Map.of("type", "web_search"));

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final LlmConfiguration options = new LlmConfiguration();

  @BeforeEach
  void bind() {
    context.getRegistry().bind("weather", WEATHER);
    context.getRegistry().bind("several", List.of(WEATHER, TIME));
    context.getRegistry().bind("use", new ToolUse(List.of(TIME), ToolChoice.REQUIRED, false));
    context.getRegistry().bind("map", Map.of("type", "web_search"));
    context.getRegistry().bind("json", "[{\"type\":\"web_search\"}]");
    context.getRegistry().bind("locale", java.util.Locale.ROOT);
  }

  @Test
  void nothingIsAskedForUnlessSomebodySetsIt() {
    assertThat(read()).isEqualTo(ToolUse.NONE);
  }

  @Test
  void namesAreBeansOfEveryKind() {
    options.setTools("weather, use,map,json");

    assertThat(read())
        .isEqualTo(new ToolUse(List.of(WEATHER, TIME, SEARCH, SEARCH), ToolChoice.REQUIRED, false));
  }

  @Test
  void aBeanMayBeGivenItself() {
    options.setTools(List.of(WEATHER, Map.of("type", "web_search")));
    assertThat(read()).isEqualTo(ToolUse.of(WEATHER, SEARCH));

    options.setTools("several");
    assertThat(read()).isEqualTo(ToolUse.of(WEATHER, TIME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resource:classpath:tools.json",
        " [{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"The weather of a"
            + " city.\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
            + "\"required\":[\"city\"]}}},\n{\"type\":\"web_search\"}]",
      })
  void openAisFormIsReadFromTextAndResources(String text) {
    options.setTools(text);

    assertThat(read()).isEqualTo(ToolUse.of(WEATHER, SEARCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}",
        "{\"name\":\"clock\",\"input_schema\":{\"type\":\"object\"}}",
        "{\"googleSearch\":{}}",
      })
  void aProvidersOwnFormStaysAsItIs(String text) {
    options.setTools(text);

    assertThat(read().tools()).singleElement().isEqualTo(new Tool.Other(Json.readObject(text)));
  }

  @Test
  void theOptionToolChoiceWinsOverWhatABeanSays() {
    options.setTools("use");
    options.setToolChoice("time");

    assertThat(read()).isEqualTo(new ToolUse(List.of(TIME), ToolChoice.named("time"), false));
  }

  @ParameterizedTest
  @CsvSource({"auto,AUTO", "none,NONE", "required,REQUIRED", "weather,NAMED"})
  void aChoiceIsAWordOrAName(String text, ToolChoice.Mode mode) {
    options.setToolChoice(text);

    assertThat(read().choice())
        .isEqualTo(new ToolChoice(mode, mode == ToolChoice.Mode.NAMED ? text : null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wether                    | There is no bean 'wether' for the option tools",
        "weather,                  | There is no bean '' for the option tools",
        "locale                      | The bean 'locale' of the option tools is a java.util.Locale, which is no tool",
        "[canary                   | The option tools is no JSON at line 1, column",
        "[{\"type\":\"function\"}]                  | The option tools holds a tool without function.name",
        "[{\"type\":\"function\",\"name\":\"canary\"}] | The option tools holds a tool without function.name",
        "[{\"name\":\"canary\",\"parameters\":{}}]    | The option tools holds a tool without function.name",
        "{\"function\":{\"description\":\"canary\"}}  | The option tools holds a tool without function.name",
        "[{}]                      | The option tools holds a tool without function.name",
        "[7]                       | The option tools is a java.lang.Integer, which is no tool",
        "resource:classpath:no     | 'classpath:no' of the option tools cannot be read",
        "resource:classpath:prompt.txt | The option tools is no JSON",
      })
  void whatIsNoToolIsNamed(String text, String problem) {
    options.setTools(text);

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageContaining(problem)
        .withMessageNotContaining("canary");
  }

  @Test
  void aChoiceOfAFunctionThatIsNotDefinedIsAMistake() {
    ToolUse mistake = new ToolUse(List.of(TIME), ToolChoice.named("tome"), null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToolOptions.checked(mistake))
        .withMessageStartingWith("toolChoice is 'tome'");
    for (ToolUse right :
        List.of(
            ToolUse.NONE,
            new ToolUse(List.of(), ToolChoice.named("tome"), null),
            new ToolUse(List.of(TIME), ToolChoice.named("time"), null),
            new ToolUse(List.of(SEARCH), ToolChoice.named("web_search"), null))) {
      assertThat(ToolOptions.checked(right)).isSameAs(right);
    }
  }

  private ToolUse read() {
    return ToolOptions.of(options, context);
  }
}
