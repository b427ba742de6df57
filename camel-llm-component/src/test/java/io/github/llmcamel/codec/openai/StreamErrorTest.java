/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static io.github.llmcamel.codec.openai.Wire.DONE;
import static io.github.llmcamel.codec.openai.Wire.data;
import static io.github.llmcamel.codec.openai.Wire.finish;
import static io.github.llmcamel.codec.openai.Wire.stream;
import static io.github.llmcamel.codec.openai.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Played;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors that come after an answer has begun. */
class StreamErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "data: {'error':{'message':'boom','type':'server_error','param':null,'code':null}}"
            + "|LlmServerException|true",
        "data: {'error':{'message':'boom','type':'InternalServerError','code':500}}"
            + "|LlmServerException|true",
        "data: {'error':{'message':'boom','type':null,'param':null,'code':'500'}}"
            + "|LlmServerException|true",
        "data: {'error':{'message':'boom','http_status_code':503}}|LlmServerException|true",
        "error: {'code':500,'message':'boom','type':'server_error'}|LlmServerException|true",
        "data: {'id':'g','error':{'code':502,'message':'boom','metadata':{'provider_name':'p'}},"
            + "'choices':[{'index':0,'delta':{'content':''},'finish_reason':'error'}]}"
            + "|LlmServerException|true",
        "data: {'object':'error','message':'boom','type':'BadRequestError','code':400}"
            + "|LlmStreamInterruptedException|false",
        "data: {'error':{'message':'boom','type':'rate_limit_error'}}"
            + "|LlmStreamInterruptedException|true",
        "data: {'error':'boom'}|LlmStreamInterruptedException|true",
        "data: {'choices':[],'x_groq':{'id':'r','error':'boom'}}"
            + "|LlmStreamInterruptedException|true",
        "data: [{'error':{'code':503,'message':'boom'}}]|LlmServerException|true"
      })
  void endTheCallInEveryShape(String line, String type, boolean retryable) {
    assertFailed(stream(text("a"), line.replace('\'', '"'), "\n\n", DONE), type, retryable);
    assertFailed(stream(text("a"), line.replace('\'', '"')), type, retryable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{'message':'boom'}", "{'code':null,'message':'boom'}", "boom"})
  void endTheCallAsAnEventOfThatName(String data) {
    assertFailed(
        stream(text("a"), "event: error\n", data(data)), "LlmStreamInterruptedException", true);
  }

  @Test
  void areNotCuredByAnEarlierFinish() {
    Played played = stream(text("a"), finish("stop"), data("{'error':{'code':500}}"), DONE);

    assertThat(played.failure())
        .hasMessage("acme answered 200, but reported an error in the stream (500).");
  }

  private static void assertFailed(Played played, String type, boolean retryable) {
    assertThat(played.response().text()).isEqualTo("a");
    assertThat(played.failure())
        .hasMessage("acme answered 200, but reported an error in the stream: boom.");
    assertThat(Objects.requireNonNull(played.failure()).getClass().getSimpleName()).isEqualTo(type);
    assertThat(played.failure().isRetryable()).isEqualTo(retryable);
    assertThat(played.failure().getStatusCode()).isEqualTo(200);
  }
}
