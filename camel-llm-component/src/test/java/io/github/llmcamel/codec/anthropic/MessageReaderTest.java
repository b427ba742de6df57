/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import static io.github.llmcamel.codec.anthropic.Row.HI;
import static io.github.llmcamel.codec.anthropic.Row.HI_TO_THE_END;
import static io.github.llmcamel.codec.anthropic.Wire.START;
import static io.github.llmcamel.codec.anthropic.Wire.STOP;
import static io.github.llmcamel.codec.anthropic.Wire.delta;
import static io.github.llmcamel.codec.anthropic.Wire.end;
import static io.github.llmcamel.codec.anthropic.Wire.event;
import static io.github.llmcamel.codec.anthropic.Wire.finish;
import static io.github.llmcamel.codec.anthropic.Wire.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.FinishReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageReaderTest {

  private static final ReplyHead HEAD = Replies.head(200, "content-type", "text/event-stream");
  private static final String WHOLE =
      "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':[{'type':'text',"
          + "'text':'hi'}],'stop_reason':'end_turn','usage':{'input_tokens':10,'output_tokens':15}}";

  @ParameterizedTest
  @MethodSource({"ends", "forms"})
  void readsFormsAndEndsHoweverTheirBytesAreCut(Row row) {
    row.isReadHoweverItsBytesAreCut();
  }

  static List<Row> ends() {
    String interrupted = "text=hi in=10 out=1 LlmStreamInterruptedException";
    return List.of(
        new Row("the end of the bytes alone", START + HI, interrupted),
        new Row("an event that is cut off", START + HI + "data: {\"type\":\"mess", interrupted),
        new Row("OpenAI's last word alone", START + HI + "data: [DONE]\n\n", interrupted),
        new Row(
            "no last word", START + HI + finish("end_turn", "{'output_tokens':15}"), HI_TO_THE_END),
        new Row("a last word without a reason", START + HI + STOP, "text=hi in=10 out=1"),
        new Row(
            "OpenAI's last word and more",
            START + HI + end() + "data: [DONE]\n\n" + HI,
            HI_TO_THE_END),
        new Row(
            "a turn that is to go on",
            START + HI + finish("pause_turn", "{'output_tokens':15}") + STOP,
            "text=hi finish=other(pause_turn) in=10 out=15"),
        new Row(
            "an error of the server",
            START
                + HI
                + event("error", "'error':{'type':'overloaded_error','message':'Overloaded'}"),
            "text=hi in=10 out=1 LlmServerException(overloaded_error)"),
        new Row(
            "an error without the name of the event",
            START + HI + "data: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}\n\n",
            "text=hi in=10 out=1 LlmServerException(api_error)"),
        new Row(
            "an error of the request",
            START + event("error", "'error':{'type':'invalid_request_error','message':'m'}"),
            "in=10 out=1 LlmStreamInterruptedException(invalid_request_error)"),
        new Row(
            "llama.cpp's bare error",
            START + "event: error\ndata: {\"code\":500,\"type\":\"server_error\"}\n\n",
            "in=10 out=1 LlmServerException(server_error)"),
        new Row(
            "an error that is not JSON, after the model had finished",
            START
                + HI
                + finish("end_turn", "{'output_tokens':15}")
                + "event: error\ndata: oops\n\n",
            "text=hi finish=stop in=10 out=15 LlmStreamInterruptedException"),
        new Row(
            "an event that is not JSON",
            START + "event: content_block_delta\ndata: oops\n\n",
            "in=10 out=1 LlmProtocolException"),
        new Row(
            "data that is not JSON", START + "data: oops\n\n", "in=10 out=1 LlmProtocolException"));
  }

  static List<Row> forms() {
    String whole = WHOLE.replace('\'', '"');
    String lines = (START + HI + end()).replaceAll("event: .*\ndata: |\n(?=\n)", "");
    return List.of(
        new Row("a whole answer", whole, HI_TO_THE_END),
        new Row("a whole answer as an event", "data: " + whole + "\n\n", HI_TO_THE_END),
        new Row("JSON lines", lines, HI_TO_THE_END),
        new Row(
            "a whole answer without content",
            "{\"content\":[],\"stop_reason\":\"end_turn\"}",
            "finish=stop"),
        new Row("a whole answer without a reason", "{\"content\":[]}", ""),
        new Row(
            "an error in place of an answer",
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}",
            "LlmServerException(overloaded_error)"),
        new Row("nothing", "", "LlmProtocolException"),
        new Row("nothing but pings", event("ping", ""), "LlmStreamInterruptedException"),
        new Row("a whole answer of OpenAI's", "{\"choices\":[]}", "LlmProtocolException"),
        new Row("a stream of OpenAI's", "data: {\"choices\":[]}\n\n", "LlmProtocolException"));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, stop",
    "stop_sequence, stop",
    "max_tokens, length",
    "model_context_window_exceeded, length",
    "tool_use, tool_calls",
    "refusal, content_filter",
    "pause_turn, other",
    "compaction, other"
  })
  void knowsWhyTheModelStopped(String raw, String word) {
    Played played = play(START + finish(raw, "{}") + STOP);

    assertThat(played.response().finishReason()).isEqualTo(new FinishReason(word, raw));
  }

  @Test
  void knowsWhenTheModelHasFinishedAndWhenTheStreamHas() throws LlmException {
    StreamDecoder decoder = new AnthropicCodec().newDecoder(HEAD);
    List<ChatEvent> events = new ArrayList<>();

    decoder.feed(ByteBuffer.wrap(Replies.utf8(START + HI)), events::add);
    assertThat(decoder.isFinished()).isFalse();
    decoder.feed(ByteBuffer.wrap(Replies.utf8(finish("end_turn", "{}"))), events::add);
    assertThat(decoder.isFinished()).isTrue();
    assertThat(decoder.isTerminated()).isFalse();
    decoder.feed(ByteBuffer.wrap(Replies.utf8(STOP)), events::add);
    assertThat(decoder.isTerminated()).isTrue();
  }

  @Test
  void takesNoSignatureForAFirstToken() {
    Played played =
        play(
            START
                + open(0, "{'type':'thinking','thinking':'','signature':''}")
                + delta(0, "{'type':'signature_delta','signature':'sig'}")
                + end());

    assertThat(played.failure()).isNull();
    assertThat(played.events()).noneMatch(ChatEvent::isContent);
  }

  @Test
  void reportsAnswersOfAnotherProtocol() {
    LlmException failure =
        Objects.requireNonNull(
            catchThrowableOfType(
                LlmException.class,
                () -> new AnthropicCodec().decode(HEAD, Replies.utf8("{'choices':[]}"))));

    assertThat(failure)
        .isInstanceOf(LlmProtocolException.class)
        .hasMessage(
            "acme answered 200 with JSON that has no content. Check that baseUrl points at the API"
                + " and that the protocol fits.");
  }

  @Test
  void readsAnOverloadThatCanBeRetried() {
    LlmException failure =
        ErrorReader.ofStatus(
            Replies.head(529),
            Replies.utf8(
                "{'type':'error','error':{'type':'overloaded_error','message':'m'},"
                    + "'request_id':'req_1'}"));

    assertThat(failure)
        .isInstanceOf(LlmServerException.class)
        .returns(true, LlmException::isRetryable)
        .returns("req_1", LlmException::getRequestId);
  }

  @Test
  void readsASpentLimitThatCannotBeRetried() {
    LlmException failure =
        ErrorReader.ofStatus(
            Replies.head(429, "retry-after", "7"),
            Replies.utf8(
                "{'type':'error','error':{'type':'rate_limit_error','message':'m','details':"
                    + "{'error_code':'enforced_spend_limit_reached'}}}"));

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.getCode()).isEqualTo("enforced_spend_limit_reached");
    assertThat(failure.getRetryAfter()).isNull();
  }

  private static Played play(String answer) {
    return Played.play(new AnthropicCodec(), HEAD, List.of(Replies.utf8(answer)));
  }
}
