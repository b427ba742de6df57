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
import static io.github.llmcamel.codec.openai.Wire.textJson;
import static io.github.llmcamel.codec.openai.Wire.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.codec.StreamDecoder;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes around the chunks: framing, forms of an answer, and its end. */
class StreamFramingTest {

  private static final String GOOD = text("a") + text("b") + finish("stop") + usage(3, 2) + DONE;

  @Test
  void readsAnOrdinaryStream() {
    Played played = stream(GOOD);

    ChatResponse response = played.response();
    assertThat(played.failure()).isNull();
    assertThat(played.events()).hasSize(5);
    assertThat(response.id()).isEqualTo("c1");
    assertThat(response.model()).isEqualTo("m");
    assertThat(response.text()).isEqualTo("ab");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.usage().inputTokens()).isEqualTo(3);
    assertThat(response.usage().outputTokens()).isEqualTo(2);
  }

  @Test
  void readsCarriageReturnsAsLineEnds() {
    assertThat(stream(GOOD.replace("\n", "\r\n")).events()).isEqualTo(stream(GOOD).events());
    assertThat(stream(GOOD.replace("\n", "\r")).events()).isEqualTo(stream(GOOD).events());
  }

  @Test
  void keepsOtherLineSeparatorsInText() {
    assertThat(stream(text("x\u2028y\u0085z"), finish("stop")).response().text())
        .isEqualTo("x\u2028y\u0085z");
  }

  @Test
  void keepsTheSpaceThatBelongsToTheText() {
    String tight = text(" x").replace("data: ", "data:");

    assertThat(stream(tight, finish("stop")).response().text()).isEqualTo(" x");
  }

  @Test
  void dropsAByteOrderMark() {
    assertThat(stream("\uFEFF", GOOD).events()).isEqualTo(stream(GOOD).events());
  }

  @Test
  void ignoresCommentsEmptyEventsAndNames() {
    Played played =
        stream(
            ": warm-up\n\n:\n\nid: 7\nretry: 100\n",
            text("a"),
            "event: ping\n\n: x\ndata\n\ndata:\n\nevent: message\n",
            text("b"),
            finish("stop"),
            usage(3, 2),
            DONE);

    assertThat(played.events()).isEqualTo(stream(GOOD).events());
  }

  @Test
  void readsALastEventWithoutItsBlankLine() {
    Played played =
        stream(
            text("a"),
            data("{'choices':[{'index':0,'delta':{'content':'z'},'finish_reason':'stop'}]}")
                .strip());

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("az");
  }

  @Test
  void reportsACutEventAsAnInterruption() {
    Played played = stream(text("a"), "data: {\"choices\":[{\"index\":0,\"del");

    assertThat(played.failure())
        .isInstanceOf(LlmStreamInterruptedException.class)
        .hasMessage("acme answered 200, but its stream ended before the model had finished.");
    assertThat(played.response().text()).isEqualTo("a");
  }

  @Test
  void readsAVeryLargeEvent() {
    String large = "x".repeat(9 * 1024 * 1024);

    assertThat(stream(text(large), finish("stop")).response().text()).isEqualTo(large);
  }

  @Test
  void refusesAnEventAboveTheLimit() {
    assertThat(stream(text("x".repeat(17 * 1024 * 1024))).failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("16,777,216 bytes");
  }

  @Test
  void ignoresWhatFollowsDone() {
    Played played =
        stream(text("a"), finish("stop"), "data:  [DONE] \r\n\r\n", text("b"), "data: x\n\n");

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("a");
  }

  @Test
  void isCompleteWithoutDoneOnceTheModelHasFinished() {
    Played played = stream(text("a"), finish("stop"));

    assertThat(played.failure()).isNull();
    assertThat(played.response().usage().outputTokens()).isNull();
  }

  @Test
  void isInterruptedByDoneAloneWithoutAFinish() {
    assertThat(stream(text("a"), DONE).failure()).isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void isInterruptedWhereAServerSwallowsItsError() {
    assertThat(stream(text("a"), text("")).failure())
        .isInstanceOf(LlmStreamInterruptedException.class)
        .returns(true, LlmException::isRetryable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", ": ping\n\n: ping\n\n", "data: [DONE]\n\n", "Ollama is running"})
  void reportsAnswersWithoutEvents(String body) {
    assertThat(stream(body).failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageMatching(
            "acme answered 200 with (nothing|a stream that has no events)\\. Check that baseUrl"
                + " points at the API and that the protocol fits\\.");
  }

  @Test
  void reportsAnEventThatIsNotJson() {
    Played played = stream(text("a"), "data: oops\n\n");

    assertThat(played.failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageStartingWith("acme answered 200 with an event that is not JSON.");
  }

  @Test
  void ignoresWhatAnUnknownEventBrings() {
    Played played = stream(text("a"), "event: ping\ndata: still here\n\n", finish("stop"));

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("a");
    assertThat(stream(text("a"), "event: message\ndata: oops\n\n").failure())
        .isInstanceOf(LlmProtocolException.class);
  }

  @Test
  void endsAtPerplexitysLastObject() {
    Played played =
        stream(
            data("{'choices':[{'index':0,'message':{'content':'a'},'delta':{'content':'a'}}]}"),
            data(
                "{'object':'chat.completion.done','choices':[{'index':0,"
                    + "'message':{'content':'a'},'delta':{'content':''}}]}"));

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("a");
    assertThat(played.response().finishReason()).isNull();
  }

  @Test
  void knowsWhenTheModelHasFinishedAndWhenTheStreamHas() throws LlmException {
    StreamDecoder decoder = new OpenAiCodec().newDecoder(Replies.head(200));
    List<ChatEvent> events = new ArrayList<>();

    assertThat(decoder.isFinished()).isFalse();
    feed(decoder, text("a"), events);
    assertThat(decoder.isFinished()).isFalse();
    feed(decoder, finish("stop"), events);
    assertThat(decoder.isFinished()).isTrue();
    assertThat(decoder.isTerminated()).isFalse();
    feed(decoder, DONE, events);
    assertThat(decoder.isTerminated()).isTrue();
    assertThat(events).hasSize(3);
  }

  @Test
  void handsOverEachEventWithItsLastByte() throws LlmException {
    StreamDecoder decoder = new OpenAiCodec().newDecoder(Replies.head(200));
    List<ChatEvent> events = new ArrayList<>();

    feed(decoder, "data: " + textJson("a") + "\n", events);
    assertThat(events).isEmpty();
    feed(decoder, "\n", events);
    assertThat(events)
        .containsExactly(new ChatEvent.Started("c1", "m"), new ChatEvent.TextDelta(0, "a"));
  }

  private static void feed(StreamDecoder decoder, String text, List<ChatEvent> events)
      throws LlmException {
    decoder.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), events::add);
  }
}
