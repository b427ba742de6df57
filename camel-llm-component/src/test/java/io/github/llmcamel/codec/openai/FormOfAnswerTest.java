/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static io.github.llmcamel.codec.openai.Wire.DONE;
import static io.github.llmcamel.codec.openai.Wire.finish;
import static io.github.llmcamel.codec.openai.Wire.stream;
import static io.github.llmcamel.codec.openai.Wire.text;
import static io.github.llmcamel.codec.openai.Wire.textJson;
import static io.github.llmcamel.codec.openai.Wire.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form that was asked for is not always the form that comes. */
class FormOfAnswerTest {

  private static final String WHOLE =
      "{'id':'c1','model':'m','choices':[{'index':0,'message':{'role':'assistant','content':'all'},"
          + "'finish_reason':'stop'}],'usage':{'prompt_tokens':3,'completion_tokens':1}}";

  @Test
  void readsAWholeAnswerInPlaceOfAStream() {
    Played played = stream("\n\n  ", WHOLE.replace('\'', '"'));

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("all");
    assertThat(played.response().finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(played.response().usage().inputTokens()).isEqualTo(3);
  }

  @Test
  void readsAStreamInPlaceOfAWholeAnswer() throws LlmException {
    ChatResponse response = decode(text("a") + text("b") + finish("stop") + usage(3, 2) + DONE);

    assertThat(response.text()).isEqualTo("ab");
    assertThat(response.usage().outputTokens()).isEqualTo(2);
  }

  @Test
  void readsJsonLinesInPlaceOfAStream() {
    Played played =
        stream(textJson("a"), "\n", textJson("b"), "\n", finish("stop").substring(6).strip(), "\n");

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("ab");
    assertThat(stream(textJson("a"), "\n", textJson("b")).failure())
        .isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void readsAWholeAnswerInOneChunkOfAStream() {
    Played played = stream("data: " + WHOLE.replace('\'', '"') + "\n\n");

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("all");
  }

  @Test
  void acceptsAWholeAnswerWithoutAFinishWord() throws LlmException {
    ChatResponse response = decode("{'choices':[{'message':{'content':'a'}}]}");

    assertThat(response.text()).isEqualTo("a");
    assertThat(response.finishReason()).isNull();
    assertThat(response.id()).isNull();
    assertThat(response.model()).isNull();
    assertThat(response.usage().raw()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|nothing",
        "{'choices':[|JSON that is cut off or malformed",
        "{'choices':[]}|JSON that has no choices",
        "{'id':'c1'}|JSON that has no choices",
        "[1]|JSON that has no choices",
        "[]|JSON that is cut off or malformed",
        "<!doctype html><p>Welcome|a web page",
        "Ollama is running|a stream that has no events"
      })
  void reportsAnswersThatAreNone(String body, String what) {
    LlmException failure = failure(body);

    assertThat(failure)
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageStartingWith("acme answered 200 with " + what + ".");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.getPartialResponse()).isNull();
  }

  @Test
  void keepsTheStartOfAWebPageForTheOperator() {
    assertThat(failure("<html>" + "x".repeat(5_000)).getResponseBody())
        .startsWith("<html>xx")
        .hasSize(2_048);
  }

  @Test
  void takesTheKindOfAnErrorFromItsOwnCode() {
    assertThat(failure("{'error':{'code':429,'message':'slow'}}"))
        .isInstanceOf(LlmRateLimitException.class)
        .hasMessage("acme answered 200, but with an error: slow.");
  }

  @Test
  void reportsAnErrorInPlaceOfAStream() {
    Played played = stream("{\"code\":\"c\",\"error\":\"boom\"}");

    assertThat(played.failure())
        .isInstanceOf(LlmServerException.class)
        .hasMessage("acme answered 200, but with an error: boom.");
    assertThat(Objects.requireNonNull(played.failure()).getCode()).isEqualTo("c");
    assertThat(played.events()).isEmpty();
  }

  @Test
  void reportsAnErrorInAnArray() {
    assertThat(failure("[{'error':{'code':503,'message':'m'}}]"))
        .isInstanceOf(LlmServerException.class)
        .hasMessage("acme answered 200, but with an error: m.");
  }

  @Test
  void keepsWhatCameBeforeAFailure() {
    LlmException failure = failure(text("a") + "data: {'error':{'message':'boom'}}\n\n");

    assertThat(failure).isInstanceOf(LlmStreamInterruptedException.class);
    assertThat(Objects.requireNonNull(failure.getPartialResponse()).text()).isEqualTo("a");
  }

  private static ChatResponse decode(String body) throws LlmException {
    return new OpenAiCodec().decode(Replies.head(200), Replies.utf8(body));
  }

  private static LlmException failure(String body) {
    return Objects.requireNonNull(catchThrowableOfType(LlmException.class, () -> decode(body)));
  }
}
