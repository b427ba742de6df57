/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static io.github.llmcamel.codec.Replies.head;
import static io.github.llmcamel.codec.Replies.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'boom','type':'t','param':null,'code':null}}",
        "{'error':{'code':400,'message':'boom','type':'t'}}",
        "{'error':'boom','error_type':'t'}",
        "{'error':{'code':502,'message':'boom','metadata':{'raw':'{}'}}}",
        "[{'error':{'code':400,'message':'boom','status':'INVALID_ARGUMENT'}}]",
        "{'type':'error','error':{'type':'t','message':'boom'},'request_id':'r'}",
        "{'object':'error','message':'boom','type':'t','code':1}",
        "{'object':'error','message':{'detail':'boom'}}",
        "{'error':{'message':{'detail':'boom'}}}",
        "{'error':'boom','message':'more'}",
        "{'error':{'detail':'boom'}}",
        "{'detail':'boom'}",
        "{'detail':[{'msg':'boom'}]}",
        "{'id':'x','message':'boom'}",
        "{'statusCode':418,'message':'boom'}",
        "{'title':'boom','status':418}",
        "{'errors':[{'message':'boom'}],'success':false}",
        "{'errors':['boom']}",
        "<html><head><title>\n boom</title></head></html>",
        "  boom\n",
        "boom."
      })
  void findsTheMessageInEveryShape(String body) {
    assertThat(read(418, body)).hasMessage("acme answered 418: boom.");
  }

  @Test
  void namesPlaceAndProblemOfValidationErrorsButNotTheInput() {
    LlmException failure =
        read(
            422,
            "{'detail':[{'type':'extra_forbidden','loc':['body','stream_options'],"
                + "'msg':'Extra inputs are not permitted','input':'the prompt'},"
                + "{'loc':['body','messages',0],'msg':'Field required'}]}");

    assertThat(failure)
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "acme answered 422: body.stream_options: Extra inputs are not permitted;"
                + " body.messages.0: Field required.");
    assertThat(failure.getCode()).isEqualTo("extra_forbidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|acme answered 500 without a message.",
        "{}|acme answered 500 without a message.",
        "null|acme answered 500: null.",
        "{'error':{'type':'oops'}}|acme answered 500 (oops).",
        "<html></html>|acme answered 500: a web page."
      })
  void saysWhenThereIsNoMessage(String body, String expected) {
    assertThat(read(500, body)).isInstanceOf(LlmServerException.class).hasMessage(expected);
  }

  @Test
  void keepsToOneLineThatLeavesRoomForTheCure() {
    String message = read(404, "{'error':'a\\n\\tb" + "x".repeat(10_000) + "'}").getMessage();

    assertThat(message)
        .startsWith("acme answered 404: a bxxx")
        .endsWith("x… Check model and baseUrl.")
        .hasSizeLessThan(4_096);
  }

  @Test
  void masksWhatLooksLikeAKey() {
    assertThat(read(401, "{'error':'Incorrect key sk-abc123_DEF-456, see AIzaSyA1234567.'}"))
        .hasMessage("acme answered 401: Incorrect key ***, see ***. Check apiKey.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "error parsing tool call: raw='ls, err=1', err=invalid|error parsing tool call: raw=***, err=invalid.",
        "error parsing tool call: raw='ls -R|error parsing tool call: raw=***.",
        "Failed to parse input at pos 12: </tool_call> ls|Failed to parse input at pos 12: ***.",
        "1 error [type=x, input_value=['Anna s ...rself'], input_type=list] 2 errors [input_value=3, input_type=int]"
            + "|1 error [type=x, input_value=***, input_type=list] 2 errors [input_value=***, input_type=int]."
      })
  void masksAnswersAndInputsThatServersCannotRead(String text, String shown) {
    assertThat(ErrorReader.ofStatus(head(500), text.getBytes(StandardCharsets.UTF_8)))
        .hasMessage("acme answered 500: " + shown);
  }

  @ParameterizedTest
  @CsvSource({
    "402,Check the plan and the billing of the account.",
    "403,Check apiKey.",
    "404,Check model and baseUrl.",
    "405,Check baseUrl.",
    "413,Shorten the prompt.",
    "415,Check baseUrl."
  })
  void endsWithACure(int status, String cure) {
    assertThat(read(status, "boom")).hasMessage("acme answered " + status + ": boom. " + cure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'code':400,'message':'m','type':'exceed_context_size_error','n_ctx':4096}}",
        "{'error':{'message':'m','param':'messages','code':'context_length_exceeded'}}",
        "{'error':{'message':'This model\\u0027s maximum context length is 4096 tokens'}}",
        "{'error':{'message':'Prompt is too long'}}"
      })
  void knowsATooLongPrompt(String body) {
    assertThat(read(400, body))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageEndingWith("Shorten the prompt or choose a model with a larger context.");
  }

  @Test
  void saysThatRedirectsAreNotFollowed() {
    ReplyHead head = head(307, "location", "https://user:pw@other.example/v1/chat?key=secret");

    assertThat(ErrorReader.ofStatus(head, new byte[0]))
        .isInstanceOf(LlmRequestException.class)
        .hasMessage(
            "acme answered 307, the way to https://other.example/v1/chat."
                + " Redirects are not followed; correct baseUrl.");
    for (ReplyHead nowhere :
        List.of(head(302), head(302, "location", "/login"), head(302, "location", "a b"))) {
      assertThat(ErrorReader.ofStatus(nowhere, new byte[0]))
          .hasMessage("acme answered 302. Redirects are not followed; correct baseUrl.");
    }
  }
}
