/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static io.github.llmcamel.codec.Replies.head;
import static io.github.llmcamel.codec.Replies.read;
import static io.github.llmcamel.codec.Replies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.error.ErrorKind;
import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmContentFilterException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorReaderTest {

  @ParameterizedTest
  @CsvSource({
    "400,LlmRequestException,false",
    "401,LlmAuthenticationException,false",
    "402,LlmRequestException,false",
    "403,LlmAuthenticationException,false",
    "404,LlmRequestException,false",
    "408,LlmRequestException,true",
    "409,LlmRequestException,true",
    "405,LlmRequestException,false",
    "413,LlmRequestException,false",
    "422,LlmRequestException,false",
    "424,LlmRequestException,true",
    "429,LlmRateLimitException,true",
    "498,LlmRequestException,true",
    "499,LlmRequestException,false",
    "500,LlmServerException,true",
    "501,LlmServerException,false",
    "502,LlmServerException,true",
    "503,LlmServerException,true",
    "529,LlmServerException,true"
  })
  void followsTheStatus(int status, String type, boolean retryable) {
    LlmException failure = read(status, "boom");

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.isRetryable()).isEqualTo(retryable);
    assertThat(failure.getStatusCode()).isEqualTo(status);
    assertThat(failure.getErrorType()).isEqualTo(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"msg\":\"bad thing\"}",
        "{\"Message\":\"bad thing\"}",
        "{\"error\":{\"reason\":\"bad thing\"}}"
      })
  void findsAMessageByItsLessUsualNames(String body) {
    assertThat(read(400, body)).hasMessageContaining("bad thing");
  }

  @Test
  void knowsARequestRefusedForItsContent() {
    LlmException failure =
        read(
            400,
            "{'error':{'code':'content_filter','message':'m','param':'prompt','type':null,"
                + "'status':400,'innererror':{'code':'ResponsibleAIPolicyViolation'}}}");

    assertThat(failure)
        .isInstanceOf(LlmContentFilterException.class)
        .hasMessage("acme answered 400: m. Change the prompt.");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.getCode()).isEqualTo("content_filter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'m','type':'insufficient_quota','code':'insufficient_quota'}}",
        "{'error':{'message':'m','type':'billing_hard_limit_reached'}}",
        "{'error':{'type':'rate_limit_error','message':'m',"
            + "'details':{'error_code':'enforced_spend_limit_reached'}}}"
      })
  void knowsAQuotaThatNoWaitingHelps(String body) {
    LlmException failure =
        ErrorReader.ofStatus(head(429, "retry-after", "5", "x-should-retry", "true"), utf8(body));

    assertThat(failure)
        .isInstanceOf(LlmRateLimitException.class)
        .hasMessage("acme answered 429: m. Check the plan and the billing of the account.");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.getRetryAfter()).isNull();
  }

  @Test
  void knowsGooglesWayOfRefusingAKey() {
    assertThat(
            read(
                400,
                "{'error':{'code':400,'message':'m','status':'INVALID_ARGUMENT',"
                    + "'details':[{'reason':'API_KEY_INVALID'}]}}"))
        .isInstanceOf(LlmAuthenticationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "option \"num_ctx\" must be of type integer|INVALID",
        "'messages' is required|INVALID",
        "llama runner process has terminated: exit status 2|SERVER"
      })
  void knowsARequestThatIsRefusedAsAFailureOfTheServer(String text, ErrorKind kind)
      throws JsonProcessingException {
    String body = "{\"error\":%s}".formatted(Json.text(text));
    LlmException failure = ErrorReader.ofStatus(head(500), body.getBytes(StandardCharsets.UTF_8));

    assertThat(failure)
        .hasMessageStartingWith("acme answered 500: " + text)
        .returns(kind, LlmException::getKind)
        .returns(kind == ErrorKind.SERVER, LlmException::isRetryable);
  }

  @Test
  void keepsTheAddressWhereOllamaWantsOneToSignIn() {
    LlmException failure = read(401, "{'error':'unauthorized','signin_url':'https://h/connect'}");

    assertThat(failure)
        .isInstanceOf(LlmAuthenticationException.class)
        .hasMessage("acme answered 401: unauthorized. Check apiKey.");
    assertThat(failure.getResponseBody()).contains("https://h/connect");
  }

  @ParameterizedTest
  @CsvSource({"500,false,false", "400,true,true", "429,false,false", "500,maybe,true"})
  void listensToTheServersAdviceOnRetrying(int status, String advice, boolean retryable) {
    assertThat(ErrorReader.ofStatus(head(status, "x-should-retry", advice), utf8("boom")))
        .returns(retryable, LlmException::isRetryable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'type':'invalid_request_error','code':'model_not_found'}}|model_not_found",
        "{'error':{'type':'invalid_request_error','code':'400'}}|invalid_request_error",
        "{'error':{'code':400,'status':'INVALID_ARGUMENT'}}|INVALID_ARGUMENT",
        "{'error':{'code':502,'message':'m'}}|502",
        "{'error':'m','error_type':'overloaded'}|overloaded",
        "{'code':'c','error':'m'}|c",
        "{'type':'error','error':{'type':'overloaded_error'}}|overloaded_error",
        "{'object':'error','type':'BadRequestError','code':400}|BadRequestError",
        "boom|",
      })
  void takesTheMostSpecificCode(String body, String code) {
    assertThat(read(400, body).getCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-request-id", "request-id", "apim-request-id"})
  void takesTheRequestIdFromHeaders(String header) {
    assertThat(ErrorReader.ofStatus(head(500, header, "r1"), utf8("{'request_id':'r2'}")))
        .returns("r1", LlmException::getRequestId);
  }

  @Test
  void takesTheRequestIdFromTheBody() {
    assertThat(read(500, "{'request_id':'r2'}").getRequestId()).isEqualTo("r2");
    assertThat(read(500, "{}").getRequestId()).isNull();
  }

  @Test
  void keepsTheBodyCutAt64KiB() {
    assertThat(read(500, "boom").getResponseBody()).isEqualTo("boom");
    assertThat(read(500, "x".repeat(100_000)).getResponseBody()).hasSize(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'boom'}}",
        "{'error':'boom','code':'c'}",
        "{'error':true,'message':'boom'}",
        "{'object':'error','message':'boom'}",
        "{'type':'error','error':{'type':'t'}}"
      })
  void tellsAnErrorFromAnAnswer(String json) throws JsonProcessingException {
    assertThat(ErrorReader.isError(Json.read(json.replace('\'', '"')))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'error':null}",
        "{'error':''}",
        "{'error':{}}",
        "{'error':[]}",
        "{'error':false}",
        "{'object':'chat.completion'}",
        "1",
        "[]"
      })
  void seesNoErrorWhereThereIsNone(String json) throws JsonProcessingException {
    assertThat(ErrorReader.isError(Json.read(json.replace('\'', '"')))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':429,'message':'m'}}|LlmRateLimitException|true",
        "{'error':{'code':'503','message':'m'}}|LlmServerException|true",
        "{'error':{'http_status_code':422,'message':'m'}}|LlmRequestException|false",
        "{'error':{'type':'authentication_error'}}|LlmAuthenticationException|false",
        "{'error':{'type':'insufficient_quota'}}|LlmRateLimitException|false",
        "{'error':{'status':'RESOURCE_EXHAUSTED'}}|LlmRateLimitException|true",
        "{'error':'m','code':'c'}|LlmServerException|true"
      })
  void goesByTheErrorsOwnCodeUnderASuccessStatus(String json, String type, boolean retryable)
      throws JsonProcessingException {
    LlmException failure = ErrorReader.ofAnswer(head(200), Json.read(json.replace('\'', '"')));

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.isRetryable()).isEqualTo(retryable);
    assertThat(failure.getStatusCode()).isEqualTo(200);
    assertThat(failure.getMessage()).startsWith("acme answered 200, but with an error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':502,'message':'m'}}|true",
        "{'error':{'type':'server_error'}}|true",
        "{'error':{'type':'InternalServerError'}}|true",
        "{'type':'error','error':{'type':'overloaded_error'}}|true",
        "{'error':{'code':429}}|false",
        "{'object':'error','type':'BadRequestError','code':400}|false",
        "{'message':'m'}|false"
      })
  void takesAnErrorInAStreamForTheServersFaultOrAnInterruption(String json, boolean server)
      throws JsonProcessingException {
    LlmException failure = ErrorReader.ofEvent(head(200), Json.read(json.replace('\'', '"')));

    assertThat(failure)
        .isInstanceOf(server ? LlmServerException.class : LlmStreamInterruptedException.class)
        .hasMessageStartingWith("acme answered 200, but reported an error in the stream");
  }

  @Test
  void takesAnErrorWithoutAKindForTheServersWhereRequestsAreRefusedEarlier()
      throws JsonProcessingException {
    LlmException unknown = ErrorReader.ofServerEvent(head(200), Json.read("{\"error\":\"boom\"}"));
    LlmException known = ErrorReader.ofServerEvent(head(200), Json.read("{\"code\":400}"));

    assertThat(unknown)
        .isInstanceOf(LlmServerException.class)
        .hasMessage("acme answered 200, but reported an error in the stream: boom.")
        .returns(true, LlmException::isRetryable);
    assertThat(known).isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void holdsThatAStreamMayWorkLaterUnlessTheRequestIsToBlame() throws JsonProcessingException {
    assertThat(ErrorReader.ofEvent(head(200), Json.read("{\"message\":\"m\"}")).isRetryable())
        .isTrue();
    assertThat(ErrorReader.ofEvent(head(200), Json.read("{\"code\":400}")).isRetryable()).isFalse();
  }
}
