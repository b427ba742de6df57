/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import static io.github.llmcamel.codec.gemini.Wire.STOP;
import static io.github.llmcamel.codec.gemini.Wire.event;
import static io.github.llmcamel.codec.gemini.Wire.parts;
import static io.github.llmcamel.codec.gemini.Wire.piece;
import static io.github.llmcamel.codec.gemini.Wire.stop;
import static io.github.llmcamel.codec.gemini.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContentReaderTest {

  private static final String FIRST =
      "{'candidates':[{'content':{'role':'model','parts':[{'text':'a'}]}}],"
          + "'usageMetadata':{'promptTokenCount':4,'totalTokenCount':4}}";
  private static final String LAST =
      "{'candidates':[{'content':{'role':'model','parts':[{'text':'b'}]},'finishReason':'STOP'}],"
          + "'usageMetadata':{'promptTokenCount':4,'candidatesTokenCount':2,"
          + "'thoughtsTokenCount':5,'totalTokenCount':11}}";
  private static final String BOTH = "text=ab finish=stop in=4 out=7 thought=5";
  private static final String OVERLOADED =
      "{'error':{'code':503,'message':'Try later.','status':'UNAVAILABLE'}}";

  @ParameterizedTest
  @MethodSource({"forms", "ends", "contents", "counts"})
  void readsAnAnswerHoweverItsBytesAreCut(Row row) {
    row.isReadHoweverItsBytesAreCut();
  }

  static List<Row> forms() {
    return List.of(
        new Row("events", event(FIRST) + event(LAST), BOTH),
        new Row("events of a gateway", (event(FIRST) + event(LAST)).replace("\r", ""), BOTH),
        new Row("a gateway's last word", event(FIRST) + event(LAST) + "data: [DONE]\n\n", BOTH),
        new Row("an array", "[" + FIRST + "\n,\n" + LAST + "]", BOTH),
        new Row(
            "an array on lines of its own", "[\r\n" + FIRST + ",\r\n" + LAST + "\r\n]\r\n", BOTH),
        new Row("JSON lines", FIRST + "\n" + LAST + "\n", BOTH),
        new Row("one object", LAST, "text=b finish=stop in=4 out=7 thought=5"),
        new Row(
            "one object on many lines",
            LAST.replace(",", ",\n  "),
            "text=b finish=stop in=4 out=7 thought=5"),
        new Row("arrays as events", event("[" + FIRST + "," + LAST + "]"), BOTH),
        new Row(
            "marks of JSON in a text",
            "[" + piece("{'text':'}],[{\\\\'}") + "," + LAST + "]",
            "text=}],[{\\b finish=stop in=4 out=7 thought=5"),
        new Row("nothing", "", "LlmProtocolException"),
        new Row("an empty array", "[]", "LlmProtocolException"),
        new Row("a web page", "<html></html>", "LlmProtocolException"),
        new Row("an answer of OpenAI's", "{'choices':[]}", "LlmProtocolException"),
        new Row("a stream of OpenAI's", event("{'choices':[]}"), "LlmProtocolException"));
  }

  static List<Row> ends() {
    return List.of(
        new Row("the end of the bytes alone", text("a"), "text=a LlmStreamInterruptedException"),
        new Row(
            "an array that is cut off",
            "[" + FIRST + ",{'cand",
            "text=a in=4 LlmStreamInterruptedException"),
        new Row("an array without its end", "[" + FIRST + "," + LAST, BOTH),
        new Row(
            "one of two candidates unfinished",
            event("{'candidates':[{'finishReason':'STOP'},{'index':1,'content':{}}]}"),
            "finish=stop LlmStreamInterruptedException"),
        new Row(
            "a finish in every piece",
            event(LAST) + event(LAST),
            "text=bb finish=stop in=4 out=7 thought=5"),
        new Row(
            "a finish that is no finish yet",
            event("{'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':null}]}"),
            "text=a LlmStreamInterruptedException"),
        new Row(
            "an error", text("a") + event(OVERLOADED), "text=a LlmServerException(UNAVAILABLE)"),
        new Row(
            "an error without a field on many lines",
            text("a") + OVERLOADED.replace("{", "{\r\n  ").replace("}", "\r\n}") + "\r\n",
            "text=a LlmServerException(UNAVAILABLE)"),
        new Row(
            "an error without a field in an array",
            text("a") + "[" + OVERLOADED + "\n]",
            "text=a LlmServerException(UNAVAILABLE)"),
        new Row(
            "an error in an array",
            "[" + FIRST + "," + OVERLOADED + "]",
            "text=a in=4 LlmServerException(UNAVAILABLE)"),
        new Row(
            "an error of the request",
            text("a") + event("{'error':{'code':400,'message':'m','status':'INVALID_ARGUMENT'}}"),
            "text=a LlmStreamInterruptedException(INVALID_ARGUMENT)"),
        new Row("an error in place of an answer", OVERLOADED, "LlmServerException(UNAVAILABLE)"),
        new Row(
            "an error in place of an array",
            "[" + OVERLOADED + "]",
            "LlmServerException(UNAVAILABLE)"),
        new Row(
            "an empty error",
            event("{'error':null,'candidates':[{'finishReason':'STOP'}]}"),
            "finish=stop"),
        new Row(
            "an event that is not JSON",
            text("a") + "data: oops\n\n",
            "text=a LlmProtocolException"),
        new Row("a line that is not JSON", FIRST + "\noops\n", "text=a in=4 LlmProtocolException"));
  }

  static List<Row> contents() {
    return List.of(
        new Row(
            "a thought",
            parts("{'text':'r','thought':true},{'text':'a'}") + STOP,
            "text=a reason=r finish=stop"),
        new Row(
            "a refused prompt",
            event(
                "{'promptFeedback':{'blockReason':'SAFETY'},"
                    + "'usageMetadata':{'promptTokenCount':4,'totalTokenCount':4}}"),
            "finish=content_filter(SAFETY) in=4 out=0"),
        new Row(
            "feedback that refuses nothing",
            event("{'promptFeedback':{'safetyRatings':[]}}") + text("a") + STOP,
            "text=a finish=stop"),
        new Row(
            "calls without ids",
            parts("{'functionCall':{'name':'f','args':{'a':1}}},{'functionCall':{'name':'f'}}")
                + parts("{'functionCall':{'name':'g','args':{}}}")
                + STOP,
            "tools=[call_generated_9093523f41863d17 f {'a':1}, call_generated_a89db1e3ad4237bb f {}, call_generated_490baa9cdc8639f1 g {}] finish=tool_calls"),
        new Row(
            "a call with an id",
            parts("{'functionCall':{'id':'x','name':'f','args':{}}}")
                + event("{'candidates':[{'finishReason':'MAX_TOKENS'}]}"),
            "tools=[x f {}] finish=length(MAX_TOKENS)"),
        new Row(
            "a signature without a text",
            text("a") + parts("{'text':'','thoughtSignature':'s'}") + STOP,
            "text=a part={'text':'','thoughtSignature':'s'} finish=stop"),
        new Row(
            "a signature of a text",
            parts("{'text':'a','thoughtSignature':'s'}") + STOP,
            "text=a part={'thoughtSignature':'s'} finish=stop"),
        new Row(
            "a signature of a thought",
            parts("{'text':'r','thought':true,'thoughtSignature':'s'}") + STOP,
            "reason=r part={'text':'r','thought':true,'thoughtSignature':'s'} finish=stop"),
        new Row(
            "a signature of a call",
            parts("{'functionCall':{'name':'f'},'thoughtSignature':'s'}") + STOP,
            "tools=[call_generated_9093523f41863d17 f {}] part={'thoughtSignature':'s','functionCall':{'id':'call_generated_9093523f41863d17'}} finish=tool_calls"),
        new Row(
            "code that was run",
            parts(
                    "{'executableCode':{'language':'PYTHON','code':'1'}},{'codeExecutionResult':{'outcome':'OUTCOME_OK'}},{'text':'a'}")
                + STOP,
            "text=a part={'executableCode':{'language':'PYTHON','code':'1'}} part={'codeExecutionResult':{'outcome':'OUTCOME_OK'}} finish=stop"),
        new Row(
            "several candidates",
            event(
                    "{'candidates':[{'content':{'parts':[{'text':'a'}]}},{'index':1,'content':{'parts':[{'text':'b'},{'functionCall':{'name':'f'}}]}}]}")
                + event("{'candidates':[{'index':1,'finishReason':'STOP'}]}")
                + event(
                    "{'candidates':[{'index':0,'content':{'parts':[{'text':'A'}]},'finishReason':'MAX_TOKENS'}]}"),
            "text=aA finish=length(MAX_TOKENS) text=b tools=[call_generated_225cf447ef85339b f {}] finish=tool_calls"),
        new Row(
            "an id and a model, late",
            text("a")
                + event(
                    "{'candidates':[{'finishReason':'STOP'}],'modelVersion':'m-1','responseId':'r-1'}"),
            "id=r-1 model=m-1 text=a finish=stop"),
        new Row(
            "no content",
            event("{'candidates':[{'content':{'role':'model'},'finishReason':'RECITATION'}]}"),
            "finish=content_filter(RECITATION)"));
  }

  static List<Row> counts() {
    return List.of(
        new Row(
            "in the first piece alone",
            event(FIRST.replace("'totalTokenCount':4", "'candidatesTokenCount':2")) + STOP,
            "text=a finish=stop in=4 out=2"),
        new Row(
            "of the prompts of tools",
            stop(
                "{'toolUsePromptTokenCount':3,'promptTokenCount':10,'candidatesTokenCount':2,'totalTokenCount':15}"),
            "finish=stop in=13 out=2"),
        new Row(
            "of the cache",
            stop("{'promptTokenCount':10,'cachedContentTokenCount':8,'candidatesTokenCount':2}"),
            "finish=stop in=10 out=2 cached=8"),
        new Row(
            "that are all 0",
            event(LAST)
                + stop("{'promptTokenCount':0,'candidatesTokenCount':0,'totalTokenCount':0}"),
            "text=b finish=stop in=4 out=7 thought=5"),
        new Row(
            "that are all 0 and nothing else",
            stop("{'promptTokenCount':0,'candidatesTokenCount':0,'totalTokenCount':0}"),
            "finish=stop"),
        new Row(
            "of thoughts first",
            event("{'usageMetadata':{'promptTokenCount':4,'thoughtsTokenCount':5}}")
                + stop("{'candidatesTokenCount':2}"),
            "finish=stop in=4 out=7 thought=5"),
        new Row(
            "of no output",
            stop("{'promptTokenCount':4,'totalTokenCount':4}"),
            "finish=stop in=4 out=0"),
        new Row("that are not there", STOP, "finish=stop"),
        new Row(
            "that are no numbers",
            stop("{'promptTokenCount':'many','candidatesTokenCount':null,'totalTokenCount':-1}"),
            "finish=stop"));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, stop",
    "MAX_TOKENS, length",
    "SAFETY, content_filter",
    "RECITATION, content_filter",
    "BLOCKLIST, content_filter",
    "PROHIBITED_CONTENT, content_filter",
    "SPII, content_filter",
    "IMAGE_SAFETY, content_filter",
    "IMAGE_OTHER, content_filter",
    "MALFORMED_FUNCTION_CALL, error",
    "UNEXPECTED_TOOL_CALL, error",
    "TOO_MANY_TOOL_CALLS, error",
    "LANGUAGE, other",
    "NO_IMAGE, other",
    "FINISH_REASON_UNSPECIFIED, other"
  })
  void knowsWhyTheModelStopped(String raw, String word) {
    Played played = play("{'candidates':[{'finishReason':'%s'}]}".formatted(raw));

    assertThat(played.response().finishReason()).isEqualTo(new FinishReason(word, raw));
  }

  @Test
  void handsOverEachElementOfAnArrayWithItsLastBrace() throws LlmException {
    StreamDecoder decoder = new GeminiCodec().newDecoder(Replies.head(200));
    List<ChatEvent> events = new ArrayList<>();

    decoder.feed(bytes("[" + piece("{'text':'a'}").substring(0, 30)), events::add);
    assertThat(events).isEmpty();
    decoder.feed(bytes(piece("{'text':'a'}").substring(30)), events::add);
    assertThat(events)
        .containsExactly(new ChatEvent.Started(null, null), new ChatEvent.TextDelta(0, "a"));
  }

  @Test
  void goesOnReadingAfterTheModelHasFinished() throws LlmException {
    StreamDecoder decoder = new GeminiCodec().newDecoder(Replies.head(200));
    List<ChatEvent> events = new ArrayList<>();

    decoder.feed(bytes(text("a")), events::add);
    assertThat(decoder.isFinished()).isFalse();
    decoder.feed(bytes(STOP), events::add);
    assertThat(decoder.isFinished()).isTrue();
    assertThat(decoder.isTerminated()).isFalse();
  }

  @Test
  void refusesAnElementAboveTheLimit() {
    assertThat(play("[{'a':'" + "x".repeat(17 * 1024 * 1024)).failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("16,777,216 bytes");
    assertThat(play(text("a") + "[\n" + ("1".repeat(1_000) + "\n").repeat(17_000)).failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("16,777,216 bytes");
  }

  @Test
  void nothingButContentIsAFirstToken() {
    Played played = play(parts("{'text':'','thoughtSignature':'s'}") + STOP);

    assertThat(played.events()).noneMatch(ChatEvent::isContent);
  }

  @Test
  void aWholeAnswerNeedsNoReason() throws LlmException {
    assertThat(decode(piece("{'text':'a'}")).text()).isEqualTo("a");
    assertThat(decode(piece("{'text':'a'}")).finishReason()).isNull();
  }

  @Test
  void aStreamInPlaceOfAWholeAnswerNeedsOne() {
    assertThatThrownBy(() -> decode(text("a"))).isInstanceOf(LlmStreamInterruptedException.class);
    assertThatThrownBy(() -> decode("[" + FIRST + "," + FIRST + "]"))
        .isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void aWholeAnswerWithoutCandidatesIsNone() {
    assertThatThrownBy(() -> decode("{'usageMetadata':{'promptTokenCount':4},'modelVersion':'m'}"))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("JSON that has no candidates");
  }

  @Test
  void aRefusedKeyIsAFailureOfAuthentication() {
    LlmException failure =
        error(
            400,
            "{'error':{'code':400,'message':'API key not valid.','status':'INVALID_ARGUMENT',"
                + "'details':[{'reason':'API_KEY_INVALID'}]}}");

    assertThat(failure)
        .isInstanceOf(LlmAuthenticationException.class)
        .hasMessageContaining("API key not valid.");
  }

  @Test
  void aRateLimitSaysHowLongToWait() {
    LlmException failure =
        error(
            429,
            "[{'error':{'code':429,'message':'m','status':'RESOURCE_EXHAUSTED','details':["
                + "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':["
                + "{'quotaId':'GenerateRequestsPerMinutePerProjectPerModel'}]},"
                + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.5s'}]}}]");

    assertThat(failure)
        .isInstanceOf(LlmRateLimitException.class)
        .returns(Duration.ofMillis(34_500), LlmException::getRetryAfter)
        .returns("RESOURCE_EXHAUSTED", LlmException::getCode)
        .returns(true, LlmException::isRetryable);
  }

  @Test
  void aSpentDayIsNotWorthWaitingFor() {
    LlmException failure =
        error(
            429,
            "{'error':{'code':429,'message':'m','status':'RESOURCE_EXHAUSTED','details':["
                + "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':["
                + "{'quotaId':'GenerateRequestsPerDayPerProjectPerModel-FreeTier'}]},"
                + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34s'}]}}");

    assertThat(failure)
        .isInstanceOf(LlmRateLimitException.class)
        .returns(null, LlmException::getRetryAfter)
        .returns("RESOURCE_EXHAUSTED", LlmException::getCode)
        .returns(false, LlmException::isRetryable);
  }

  private static Played play(String answer) {
    return Played.play(new GeminiCodec(), Replies.head(200), List.of(Replies.utf8(answer)));
  }

  private static ChatResponse decode(String answer) throws LlmException {
    return new GeminiCodec().decode(Replies.head(200), Replies.utf8(answer));
  }

  private static LlmException error(int status, String body) {
    return ErrorReader.ofStatus(Replies.head(status), Replies.utf8(body));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(Replies.utf8(text));
  }
}
