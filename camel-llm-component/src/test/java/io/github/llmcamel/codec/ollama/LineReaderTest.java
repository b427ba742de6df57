/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatEvent.Finished;
import io.github.llmcamel.model.ChatEvent.ReasoningDelta;
import io.github.llmcamel.model.ChatEvent.Started;
import io.github.llmcamel.model.ChatEvent.TextDelta;
import io.github.llmcamel.model.ChatEvent.TimingReported;
import io.github.llmcamel.model.ChatEvent.TokensRated;
import io.github.llmcamel.model.ChatEvent.ToolCallDelta;
import io.github.llmcamel.model.ChatEvent.UsageReported;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What lines say, however they are cut; JSON is written with single quotes. */
class LineReaderTest {

  private static final ReplyHead HEAD = Replies.head(200, "content-type", "application/x-ndjson");
  private static final Started STARTED = new Started(null, "m");
  private static final Finished STOPPED = new Finished(0, FinishReason.STOP);
  private static final String STOP = done("'done_reason':'stop'");
  private static final String METRICS =
      "'total_duration':5000000000,'load_duration':1000000000,'prompt_eval_count':7,"
          + "'prompt_eval_duration':500000000,'eval_count':11,'eval_duration':2000000000";
  private static final UsageReported USAGE =
      new UsageReported(
          new Usage(7L, 11L, null, null, null, "{" + METRICS.replace('\'', '"') + "}"));

  private static final TimingReported TIMING =
      new TimingReported(
          new ServerTiming(Duration.ofMillis(500), Duration.ofSeconds(2).dividedBy(11)));

  static Stream<Arguments> answers() {
    String stopWithMetrics = done("'done_reason':'stop'," + METRICS);
    return Stream.of(
        arguments(
            "text, then counts and times",
            text("a") + stopWithMetrics,
            List.of(STARTED, new TextDelta(0, "a"), STOPPED, USAGE, TIMING)),
        arguments(
            "line ends of Windows, blank lines, characters of several bytes",
            "\n\r\n" + text("ä€🙂").replace("\n", "\r\n\r\n") + stopWithMetrics + "\n\n",
            List.of(STARTED, new TextDelta(0, "ä€🙂"), STOPPED, USAGE, TIMING)),
        arguments(
            "a byte order mark",
            "\uFEFF" + text("a") + STOP,
            List.of(STARTED, new TextDelta(0, "a"), STOPPED)),
        arguments(
            "the last line without its end",
            text("a") + STOP.strip(),
            List.of(STARTED, new TextDelta(0, "a"), STOPPED)),
        arguments(
            "two objects on one line",
            text("a").strip() + STOP,
            List.of(STARTED, new TextDelta(0, "a"), STOPPED)),
        arguments(
            "a last line that says nothing but that it is the last",
            text("a") + done("'done_reason':''"),
            List.of(STARTED, new TextDelta(0, "a"))),
        arguments(
            "a last line of one token",
            text("a") + done("'done_reason':'length','eval_count':1,'eval_duration':9000"),
            List.of(
                STARTED,
                new TextDelta(0, "a"),
                new Finished(0, FinishReason.LENGTH),
                new UsageReported(
                    new Usage(
                        null, 1L, null, null, null, "{\"eval_count\":1,\"eval_duration\":9000}")))),
        arguments(
            "thinking before text, at the switch in one line",
            message("'content':'','thinking':'r1'")
                + message("'content':'a','thinking':'r2'")
                + STOP,
            List.of(
                STARTED,
                new ReasoningDelta(0, "r1"),
                new ReasoningDelta(0, "r2"),
                new TextDelta(0, "a"),
                STOPPED)),
        arguments(
            "tool calls in two lines, without ids",
            message("'content':'','tool_calls':[{'function':{'name':'f','arguments':{'a':1}}}]")
                + message("'content':'','tool_calls':[{'function':{'name':'g'}}]")
                + STOP,
            List.of(
                STARTED,
                new ToolCallDelta(0, 0, ToolCall.generatedId("", 0, 0), "f", "{\"a\":1}"),
                new ToolCallDelta(0, 1, ToolCall.generatedId("", 0, 1), "g", ""),
                STOPPED)),
        arguments(
            "a tool call with an id in the last line",
            ("{'model':'m','message':{'content':'','tool_calls':[null,{},"
                + "{'id':'x1','function':{'index':0,'name':'f','arguments':'{}'}}]},"
                + "'done':true,'done_reason':'stop'}\n"),
            List.of(STARTED, new ToolCallDelta(0, 0, "x1", "f", "{}"), STOPPED)),
        arguments(
            "a model that was only loaded",
            done("'done_reason':'load'"),
            List.of(STARTED, new Finished(0, FinishReason.OTHER.saidAs("load")))),
        arguments(
            "log probabilities without text, unknown members, a date that is none",
            "{'model':'m','remote_host':'https://h','created_at':'soon',"
                + "'message':{'role':'assistant','content':'','images':null},'done':false,"
                + "'logprobs':[{'token':'x','logprob':-1.5}]}\n"
                + text("a")
                + STOP,
            List.of(
                STARTED,
                new TokensRated(0, List.of(new TokenProbability("x", -1.5, List.of()))),
                new TextDelta(0, "a"),
                STOPPED)),
        arguments(
            "lines that are no part of an answer",
            "null\n{'status':'pulling'}\n" + text("a") + "[]\n" + STOP,
            List.of(STARTED, new TextDelta(0, "a"), STOPPED)),
        arguments(
            "something after the last line",
            text("a") + STOP + text("b") + "{'error':'late'}\noops\n",
            List.of(STARTED, new TextDelta(0, "a"), STOPPED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void reads(String what, String body, List<ChatEvent> events) throws LlmException {
    Played played = play(body);

    assertThat(played.failure()).isNull();
    assertThat(played.events()).isEqualTo(events);
    assertThat(new OllamaCodec().decode(HEAD, Replies.utf8(body))).isEqualTo(played.response());
  }

  @Test
  void takesAModelThatCallsToolsForStopped() {
    Played played = play(message("'tool_calls':[{'function':{'name':'f'}}]") + STOP);

    assertThat(played.response().finishReason()).isEqualTo(FinishReason.TOOL_CALLS.saidAs("stop"));
  }

  @Test
  void isInterruptedWithoutALastLine() {
    for (String end : new String[] {"", "{'model':'m','mess", "upstream connect error"}) {
      Played played = play(text("a") + end);

      assertThat(played.failure())
          .isInstanceOf(LlmStreamInterruptedException.class)
          .hasMessage("acme answered 200, but its stream ended before the model had finished.")
          .returns(true, LlmException::isRetryable);
      assertThat(played.response().text()).isEqualTo("a");
    }
  }

  @Test
  void reportsAnErrorAfterTheFirstLineAsOneInTheStream() {
    Played played = play(text("a") + "{'error':'llama runner process has terminated'}\n");

    assertThat(played.failure())
        .isInstanceOf(LlmServerException.class)
        .hasMessage(
            "acme answered 200, but reported an error in the stream: llama runner process has"
                + " terminated.");
    assertThat(played.response().text()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':'boom'}|LlmServerException",
        "[{'error':'boom'}]|LlmServerException",
        "{'error':{'code':400,'message':'boom'}}|LlmRequestException"
      })
  void reportsAnErrorInPlaceOfAnAnswer(String body, String type) {
    LlmException failure = play(body).failure();

    assertThat(failure).hasMessage("acme answered 200, but with an error: boom.");
    assertThat(Objects.requireNonNull(failure).getClass().getSimpleName()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|nothing",
        "\"\n\n\"|nothing",
        "{'mess|JSON that is cut off or has no message",
        "{'choices':[]}|JSON that is cut off or has no message",
        "[{'choices':[]}]|JSON that is cut off or has no message",
        "{oops}|a line that is not JSON",
        "Ollama is running|JSON that is cut off or malformed",
        "<!doctype html><p>Welcome|a web page"
      })
  void reportsAnswersThatAreNone(String body, String what) {
    assertThat(play(body).failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageStartingWith("acme answered 200 with " + what + ".")
        .returns(false, LlmException::isRetryable);
  }

  @Test
  void knowsWhenTheModelHasFinished() throws LlmException {
    StreamDecoder decoder = new OllamaCodec().newDecoder(HEAD);
    List<ChatEvent> events = new ArrayList<>();

    decoder.feed(ByteBuffer.wrap(Replies.utf8(text("a").strip())), events::add);
    assertThat(events).containsExactly(STARTED, new TextDelta(0, "a"));
    assertThat(decoder.isFinished()).isFalse();
    assertThat(decoder.isTerminated()).isFalse();
    decoder.feed(ByteBuffer.wrap(Replies.utf8(STOP.strip())), events::add);
    assertThat(decoder.isFinished()).isTrue();
    assertThat(decoder.isTerminated()).isTrue();
  }

  private static Played play(String body) {
    return Played.playSliced(new OllamaCodec(), HEAD, Replies.utf8(body));
  }

  private static String text(String content) {
    return message("'role':'assistant','content':'" + content + "'");
  }

  private static String message(String members) {
    return "{'model':'m','message':{%s},'done':false}\n".formatted(members);
  }

  private static String done(String members) {
    return "{'model':'m','message':{'role':'assistant','content':''},'done':true,%s}\n"
        .formatted(members);
  }
}
