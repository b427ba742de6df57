/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.binding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.error.LlmAnswerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.RateLimits;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTypeTest {

  enum Kind {
    @JsonProperty("credit note")
    CREDIT_NOTE,
    BILL
  }

  record Line(@JsonPropertyDescription("What was sold.") String text, BigDecimal price) {}

  record Invoice(
      String number,
      LocalDate due,
      Kind kind,
      List<Line> lines,
      @JsonProperty("vat_id") @Nullable String vatId,
      Optional<Integer> copies) {}

  record Node(List<Node> children) {}

  record Scores(Map<String, Integer> byName) {}

  record Even(int number) {
    Even {
      if (number % 2 != 0) {
        throw new IllegalArgumentException("canary " + number);
      }
    }
  }

  /** Has a constructor, but not one for Jackson. */
  static final class Closed {
    public final String name;

    Closed(String name, int unused) {
      this.name = name;
    }
  }

  /** As code without records has them. */
  public static class Bean {
    private String name = "";
    private int count;
    @JsonIgnore private String secret = "";

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public int getCount() {
      return count;
    }

    public void setCount(int count) {
      this.count = count;
    }

    public String getSecret() {
      return secret;
    }

    public void setSecret(String secret) {
      this.secret = secret;
    }
  }

  private static final Provider PROVIDER = Providers.find("openai").orElseThrow();
  private static final Destination DESTINATION =
      new Destination(PROVIDER, URI.create("https://api.example/v1"), null, Map.of(), false);

  private static final String INVOICE =
      "{\"number\":\"7\",\"due\":\"2024-03-01\",\"kind\":\"BILL\","
          + "\"lines\":[{\"text\":\"a\",\"price\":1.50},{\"text\":\"b\",\"price\":\"2\"}]}";

  @Test
  void theSchemaIsClosedInlineAndInTheOrderOfTheClass() {
    assertThat(schema(Invoice.class))
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\"},"
                + "\"due\":{\"type\":\"string\",\"format\":\"date\"},"
                + "\"kind\":{\"type\":\"string\",\"enum\":[\"credit note\",\"BILL\"]},"
                + "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
                + "\"text\":{\"type\":\"string\",\"description\":\"What was sold.\"},"
                + "\"price\":{\"type\":\"number\"}},\"required\":[\"text\",\"price\"],"
                + "\"additionalProperties\":false}},"
                + "\"vat_id\":{\"type\":[\"string\",\"null\"]},\"copies\":{\"type\":[\"integer\",\"null\"]}},"
                + "\"required\":[\"number\",\"due\",\"kind\",\"lines\"],\"additionalProperties\":false}");
  }

  @Test
  void aBeanHasTheFieldsThatJacksonReads() {
    assertThat(schema(Bean.class))
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                + "\"count\":{\"type\":\"integer\"}},\"required\":[\"name\",\"count\"],"
                + "\"additionalProperties\":false}");
    assertThat(read(Bean.class, "{\"name\":\"a\",\"count\":2}"))
        .isInstanceOfSatisfying(Bean.class, bean -> assertThat(bean.getCount()).isEqualTo(2));
  }

  @Test
  void anAnswerBecomesAnObject() {
    assertThat(read(Invoice.class, INVOICE.replace("BILL", "credit note")))
        .isEqualTo(
            new Invoice(
                "7",
                LocalDate.of(2024, 3, 1),
                Kind.CREDIT_NOTE,
                List.of(new Line("a", new BigDecimal("1.50")), new Line("b", new BigDecimal("2"))),
                null,
                Optional.empty()));
  }

  @Test
  void whatTheClassDoesNotHaveIsIgnored() {
    assertThat(read(Even.class, "{\"number\":2,\"more\":[1]}")).isEqualTo(new Even(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```json\n{\"number\":2}\n```",
        " \n```\r\n{\n\"number\":2}\r\n```\n\n",
        "  {\"number\":2}\n",
      })
  void oneFenceAroundAllOfItIsNoPartOfAnAnswer(String text) {
    assertThat(read(Even.class, text)).isEqualTo(new Even(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Here you are: {}                        | it is no JSON object at line 1, column 5",
        "~~                                      | it is no JSON object",
        "[]                                      | it is no JSON object",
        "null                                    | it is no JSON object",
        "```json {} ```                          | it is no JSON object at line 1",
        "{\"number\":\"7\"}                      | due is missing",
        "{\"number\":null,\"due\":\"x\"}          | number is missing",
        "{\"number\":\"7\",\"due\":\"canary\",\"kind\":\"BILL\",\"lines\":[]} | due does not fit",
        "{\"number\":\"7\",\"due\":\"\",\"kind\":\"BILL\",\"lines\":[]} | due does not fit",
        "{\"number\":\"7\",\"due\":\"2024-03-01\",\"kind\":\"canary\",\"lines\":[]} | kind does not fit",
        "{\"number\":\"7\",\"due\":\"2024-03-01\",\"kind\":\"BILL\",\"lines\":{}} | lines does not fit",
        "{\"number\":\"7\",\"due\":\"2024-03-01\",\"kind\":\"BILL\",\"lines\":[{\"text\":\"a\",\"price\":1},{\"text\":\"b\"}]} | lines[1].price is missing",
        "{\"number\":\"7\",\"due\":\"2024-03-01\",\"kind\":\"BILL\",\"lines\":[{\"text\":\"a\",\"price\":\"canary\"}]} | lines[0].price does not fit",
      })
  void aMismatchSaysWhereAndNeverWhat(String text, String problem) {
    LlmAnswerException failure = failure(Invoice.class, answer(text, FinishReason.STOP));

    assertThat(failure)
        .hasMessageStartingWith("openai answered with no Invoice: " + problem)
        .hasMessageNotContaining("canary")
        .hasNoCause();
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.getStatusCode()).isEqualTo(200);
    assertThat(failure.getErrorType()).isEqualTo(LlmAnswerException.class.getName());
    assertThat(failure.getResponseBody()).isEqualTo(text);
    assertThat(requireNonNull(failure.getPartialResponse()).text()).isEqualTo(text);
  }

  @Test
  void theKeysOfAMapAreTheModelsAndNotTold() {
    LlmAnswerException failure =
        failure(Scores.class, answer("{\"byName\":{\"canary\":\"x\"}}", FinishReason.STOP));

    assertThat(failure).hasMessageContaining("byName[*] does not fit");
  }

  @Test
  void whatAConstructorRefusesDoesNotFit() {
    LlmAnswerException failure = failure(Even.class, answer("{\"number\":3}", FinishReason.STOP));

    assertThat(failure).hasMessageContaining("it does not fit").hasMessageNotContaining("canary");
  }

  @Test
  void anAnswerThatWasCutOffSaysSo() {
    LlmAnswerException failure =
        failure(Invoice.class, answer("{\"number\":\"7", FinishReason.LENGTH));

    assertThat(failure).hasMessageEndingWith("and it was cut off. Raise maxTokens.");
    assertThat(failure.isRetryable()).isFalse();
  }

  @Test
  void anAnswerThatWasFilteredSaysSo() {
    LlmAnswerException failure =
        failure(Invoice.class, answer("{\"number\":\"7", FinishReason.CONTENT_FILTER));

    assertThat(failure).hasMessageEndingWith("and it was filtered. Change the prompt.");
    assertThat(failure.isRetryable()).isFalse();
  }

  @Test
  void aCallOfAToolIsNoObject() {
    ChatResponse response =
        ChatResponse.builder()
            .add(new ChatEvent.TextDelta(0, "{\"number\":2}"))
            .add(new ChatEvent.ToolCallDelta(0, 0, "c1", "weather", "{}"))
            .build();

    LlmAnswerException failure = failure(Even.class, response);

    assertThat(failure).hasMessageContaining("it asks for tools");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.getPartialResponse()).isSameAs(response);
  }

  @Test
  void aRefusalIsNoObject() {
    ChatResponse response =
        ChatResponse.builder().add(new ChatEvent.RefusalDelta(0, "canary")).build();

    assertThat(failure(Even.class, response))
        .hasMessageContaining("the model refused")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aLongAnswerIsCutInTheBodyOfTheFailureAlone() {
    String text = "x".repeat(100_000);

    LlmAnswerException failure = failure(Even.class, answer(text, FinishReason.STOP));

    assertThat(failure.getResponseBody()).hasSize(65_536);
    assertThat(requireNonNull(failure.getPartialResponse()).text()).isEqualTo(text);
  }

  @Test
  void classesThatNoAnswerCanBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerType.of(Node.class))
        .withMessageContaining(Node.class.getName())
        .withMessageContaining("contains itself");
    for (Class<?> type : List.of(String.class, Map.class, List.class, Kind.class, int.class)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AnswerType.of(type))
          .withMessageContaining(type.getName() + " has no fields for JSON to fill");
    }
  }

  @Test
  void aClassThatJacksonCannotBuildIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerType.of(Closed.class))
        .withMessageContaining(Closed.class.getName() + " has no constructor that Jackson can use");
  }

  private static String schema(Class<?> type) {
    try {
      return new ObjectMapper().writeValueAsString(AnswerType.of(type).schema());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Object read(Class<?> type, String text) {
    try {
      return AnswerType.of(type).read(answer(text, FinishReason.STOP), DESTINATION);
    } catch (LlmAnswerException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAnswerThatDoesNotFitIsToldWithWhatItsHeadersSaid() {
    RateLimits limits =
        new RateLimits(new RateLimits.Limit(60L, 59L, null), RateLimits.Limit.UNKNOWN);
    ChatResponse response =
        ChatResponse.builder()
            .headers("req_1", limits)
            .add(new ChatEvent.Finished(0, FinishReason.STOP))
            .build();

    LlmAnswerException failure = failure(Even.class, response);

    assertThat(failure.getRequestId()).isEqualTo("req_1");
    assertThat(failure.getRateLimits()).isEqualTo(limits);
  }

  private static LlmAnswerException failure(Class<?> type, ChatResponse response) {
    return requireNonNull(
        catchThrowableOfType(
            LlmAnswerException.class, () -> AnswerType.of(type).read(response, DESTINATION)));
  }

  private static ChatResponse answer(String text, FinishReason finish) {
    ChatResponse.Builder builder = ChatResponse.builder();
    if (!text.isEmpty()) {
      builder.add(new ChatEvent.TextDelta(0, text));
    }
    return builder.add(new ChatEvent.Finished(0, finish)).build();
  }
}
