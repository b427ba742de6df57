/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static io.github.llmcamel.codec.openai.Wire.DONE;
import static io.github.llmcamel.codec.openai.Wire.data;
import static io.github.llmcamel.codec.openai.Wire.delta;
import static io.github.llmcamel.codec.openai.Wire.finish;
import static io.github.llmcamel.codec.openai.Wire.stream;
import static io.github.llmcamel.codec.openai.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Played;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatEvent.ExtrasReceived;
import io.github.llmcamel.model.ChatEvent.Finished;
import io.github.llmcamel.model.ChatEvent.ReasoningDelta;
import io.github.llmcamel.model.ChatEvent.RefusalDelta;
import io.github.llmcamel.model.ChatEvent.Started;
import io.github.llmcamel.model.ChatEvent.TextDelta;
import io.github.llmcamel.model.ChatEvent.TimingReported;
import io.github.llmcamel.model.ChatEvent.TokensRated;
import io.github.llmcamel.model.ChatResponse.Choice;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.TokenProbability;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chunks of an answer say, in all dialects. */
class ChunkReaderTest {

  private static final Started STARTED = new Started("c1", "m");
  private static final Finished STOPPED = new Finished(0, FinishReason.STOP);

  @Test
  void startsWithARoleThatIsNoContent() {
    String role = delta("{'role':'assistant','content':null}");

    assertThat(events(role, text("a"), finish("stop"), DONE))
        .containsExactly(new Started(null, null), STARTED, new TextDelta(0, "a"), STOPPED);
  }

  @Test
  void startsOnceWithTheFirstNamesThatAreNotEmpty() {
    String azure =
        data(
            "{'choices':[],'created':0,'id':'','model':'','object':'','prompt_filter_results':"
                + "[{'prompt_index':0,'content_filter_results':{}}]}");
    String fallback =
        data("{'id':'c2','model':'other','choices':[{'index':0,'delta':{'content':'b'}}]}");

    assertThat(events(azure, text("a"), fallback, finish("stop")))
        .containsExactly(
            new Started(
                "c1",
                "m",
                null,
                Map.of(
                    "prompt_filter_results",
                    List.of(Map.of("prompt_index", 0, "content_filter_results", Map.of())))),
            new TextDelta(0, "a"),
            new TextDelta(0, "b"),
            STOPPED);
  }

  @Test
  void readsChoicesThatInterleave() {
    Played played =
        stream(
            data(
                "{'choices':[{'index':1,'delta':{'content':'B'}},"
                    + "{'index':0,'delta':{'content':'A'}}]}"),
            data("{'choices':[{'index':1,'delta':{},'finish_reason':'length'}]}"),
            text("a"),
            finish("stop"),
            DONE);

    assertThat(played.failure()).isNull();
    assertThat(played.response().choices())
        .containsExactly(
            new Choice(0, "Aa", null, null, List.of(), FinishReason.STOP),
            new Choice(1, "B", null, null, List.of(), FinishReason.LENGTH));
  }

  @Test
  void isNotCompleteBeforeEveryChoiceHasFinished() {
    Played played =
        stream(data("{'choices':[{'index':1,'delta':{'content':'B'}}]}"), finish("stop"), DONE);

    assertThat(played.failure()).isNotNull();
    assertThat(played.response().choices()).hasSize(2);
  }

  @Test
  void countsAChoiceWithoutIndexAsTheFirst() {
    assertThat(
            events(
                data("{'choices':[{'delta':{'content':'a'}}]}"),
                data("{'choices':[{'delta':{},'finish_reason':'stop'}]}")))
        .containsExactly(new Started(null, null), new TextDelta(0, "a"), STOPPED);
  }

  @Test
  void bearsChunksWithoutContent() {
    assertThat(
            events(
                data("{'object':'x'}"),
                data("{'choices':null}"),
                data("{'choices':[{'index':0,'delta':null}]}"),
                data("{'choices':[{'index':0}]}"),
                data("{'choices':[{'index':0,'delta':{'tool_calls':null,'content':''}}]}"),
                data("{'choices':[null,{}]}"),
                data("null"),
                text("a"),
                finish("stop"),
                DONE))
        .containsExactly(new Started(null, null), STARTED, new TextDelta(0, "a"), STOPPED);
  }

  @Test
  void handsOnWhatItDoesNotKnow() {
    String chunk =
        data(
            "{'id':'c1','model':'m','obfuscation':'zzzz','moderation':{'a':[{}]},'error':{},"
                + "'choices':[{'index':0,'delta':{'content':'a','x':{},'y':null},'logprobs':"
                + "{'content':[]},'content_filter_results':{}}],'service_tier':'flex'}");

    assertThat(events(chunk, finish("stop")))
        .containsExactly(
            new Started(
                "c1",
                "m",
                null,
                Map.of("moderation", Map.of("a", List.of(Map.of())), "service_tier", "flex")),
            new ExtrasReceived(
                0, Map.of("content_filter_results", Map.of()), Map.of("x", Map.of())),
            new TextDelta(0, "a"),
            STOPPED);
  }

  @Test
  void saysAgainOfTheAnswerOnlyWhatHasChanged() {
    String tier = "{'system_fingerprint':'fp','service_tier':'%s','choices':[{'delta':{}}]}";

    assertThat(
            events(
                text("a"),
                data(tier.formatted("auto")),
                data(tier.formatted("auto")),
                data(tier.formatted("flex")),
                finish("stop")))
        .containsExactly(
            STARTED,
            new TextDelta(0, "a"),
            new Started(
                "c1", "m", null, Map.of("system_fingerprint", "fp", "service_tier", "auto")),
            new Started("c1", "m", null, Map.of("service_tier", "flex")),
            STOPPED);
  }

  @Test
  void saysOfAPieceThatIsNoChunkNothing() {
    assertThat(events(data("{'type':'ping','x':1}"), text("a"), finish("stop")))
        .containsExactly(STARTED, new TextDelta(0, "a"), STOPPED);
  }

  @Test
  void ratesTokensBeforeTheyCome() {
    String token = "{'token':'a','logprob':-0.5,'bytes':[97],'top_logprobs':[]}";

    assertThat(
            events(
                data(
                    "{'choices':[{'index':0,'delta':{'content':'a'},'logprobs':{'content':[%s]}}]}"
                        .formatted(token)),
                finish("stop")))
        .containsSubsequence(
            new TokensRated(0, List.of(new TokenProbability("a", -0.5, List.of(), List.of(97)))),
            new TextDelta(0, "a"));
  }

  @Test
  void foldsMembersOfAMessageThatComeInPieces() {
    Played played =
        stream(
            delta("{'audio':{'id':'a1','transcript':'Hel','data':'QQ=='}}"),
            delta("{'audio':{'id':'a1','transcript':'lo'},'tokens':[1,2]}"),
            delta("{'audio':{'expires_at':5},'tokens':[3]}"),
            finish("stop"));

    assertThat(played.response().choices().get(0).messageExtras())
        .isEqualTo(
            Map.of(
                "audio",
                Map.of("id", "a1", "transcript", "Hello", "data", "QQ==", "expires_at", 5),
                "tokens",
                List.of(1, 2, 3)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'prompt_ms':1.5, 1500, ",
        "'predicted_n':5;'predicted_ms':2, , 500",
        "'prompt_ms':0;'predicted_n':2;'predicted_ms':0.25, 0, 250",
        "'prompt_ms':1;'predicted_n':1;'predicted_ms':0.001, 1000, ",
        "'prompt_ms':-1;'predicted_n':3;'predicted_ms':3, , 1500",
        "'prompt_ms':'1';'predicted_n':-3;'predicted_ms':3, , ",
        "'prompt_ms':1e300;'predicted_n':0;'predicted_ms':3, , "
      })
  void readsHowLongTheServerWorked(
      String timings, @Nullable Long promptMicros, @Nullable Long perTokenMicros) {
    ServerTiming timing = new ServerTiming(micros(promptMicros), micros(perTokenMicros));

    assertThat(
            events(
                text("a"),
                finish("stop"),
                data("{'choices':[],'timings':{" + timings.replace(';', ',') + "}}")))
        .filteredOn(TimingReported.class::isInstance)
        .isEqualTo(
            timing.equals(ServerTiming.UNKNOWN) ? List.of() : List.of(new TimingReported(timing)));
  }

  private static @Nullable Duration micros(@Nullable Long micros) {
    return micros == null ? null : Duration.of(micros, ChronoUnit.MICROS);
  }

  @Test
  void doesNotTakeAnEmptyErrorForOne() {
    String quiet = text("a").replace("{\"id\"", "{\"error\":null,\"id\"");
    String hollow = text("b").replace("{\"id\"", "{\"error\":{},\"id\"");
    String blank = text("c").replace("{\"id\"", "{\"error\":\"\",\"id\"");

    assertThat(stream(quiet, hollow, blank, finish("stop")).response().text()).isEqualTo("abc");
  }

  @Test
  void keepsTextAfterTheFinish() {
    Played played = stream(finish("stop"), text("late"), DONE);

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEqualTo("late");
    assertThat(played.response().finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Test
  void keepsTheFirstFinishWord() {
    assertThat(events(finish("tool_calls"), finish("stop")))
        .containsExactly(STARTED, new Finished(0, FinishReason.TOOL_CALLS));
  }

  @Test
  void keepsTheFinishWhereAnAnnotationFollows() {
    Played played =
        stream(
            text("a"),
            finish("stop"),
            data(
                "{'id':'','choices':[{'index':0,'finish_reason':null,'content_filter_results':{},"
                    + "'content_filter_offsets':{'check_offset':1}}]}"),
            DONE);

    assertThat(played.failure()).isNull();
    assertThat(played.response().finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest
  @CsvSource({
    "stop,stop",
    "eos,stop",
    "eos_token,stop",
    "end_turn,stop",
    "COMPLETE,stop",
    "STOP_SEQUENCE,stop",
    "length,length",
    "model_length,length",
    "MAX_TOKENS,length",
    "max_length,length",
    "tool_calls,tool_calls",
    "tool_use,tool_calls",
    "TOOL_CALL,tool_calls",
    "function_call,tool_calls",
    "content_filter,content_filter",
    "error,error",
    "abort,error",
    "insufficient_system_resource,error",
    "repetition,other",
    "load,other",
    "unknown,other"
  })
  void translatesFinishWordsAndKeepsTheRawOne(String raw, String word) {
    assertThat(stream(text("a"), finish(raw)).response().finishReason())
        .isEqualTo(new FinishReason(word, raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "7", "{}"})
  void hasNotFinishedWithoutAWord(String reason) {
    String chunk =
        data("{'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':" + reason + "}]}");

    assertThat(stream(chunk, DONE).failure()).isNotNull();
    assertThat(stream(chunk, finish("stop"), DONE).failure()).isNull();
  }

  @Test
  void finishesWithoutTextWhereReasoningUsedUpTheLimit() {
    Played played =
        stream(
            data("{'choices':[{'index':0,'delta':{'content':''},'finish_reason':'length'}]}"),
            Wire.usage(
                "{'prompt_tokens':9,'completion_tokens':64,"
                    + "'completion_tokens_details':{'reasoning_tokens':64}}"),
            DONE);

    assertThat(played.failure()).isNull();
    assertThat(played.response().text()).isEmpty();
    assertThat(played.response().finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(played.response().usage().reasoningTokens()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'reasoning_content':'r','content':null}",
        "{'reasoning':'r','content':''}",
        "{'reasoning':'r','reasoning_content':'r'}",
        "{'reasoning':null,'reasoning_content':'r'}",
        "{'thinking':'r'}",
        "{'reasoning_details':[{'type':'reasoning.text','text':'r'}]}",
        "{'reasoning_details':[{'type':'reasoning.summary','summary':'r'},"
            + "{'type':'reasoning.encrypted','data':'x'}]}",
        "{'content':[{'type':'thinking','thinking':[{'type':'text','text':'r'}]}]}",
        "{'content':[{'type':'thinking','thinking':'r'}]}"
      })
  void readsReasoningWhereverItStands(String delta) {
    assertThat(events(delta(delta), delta("{'content':'a','reasoning':null}"), finish("stop")))
        .filteredOn(event -> !(event instanceof ExtrasReceived))
        .containsExactly(
            new Started(null, null),
            new ReasoningDelta(0, "r"),
            new TextDelta(0, "a"),
            STARTED,
            STOPPED);
  }

  @Test
  void readsContentInParts() {
    assertThat(
            events(
                delta(
                    "{'content':[{'type':'text','text':'a'},{'type':'refusal','refusal':'no'},"
                        + "{'type':'image_url','image_url':{}},7,null]}"),
                finish("stop")))
        .contains(new TextDelta(0, "a"), new RefusalDelta(0, "no"));
  }

  @Test
  void leavesThinkTagsInTheText() {
    assertThat(stream(text("<th"), text("ink>r</thi"), text("nk>a"), finish("stop")).response())
        .returns("<think>r</think>a", response -> response.text())
        .returns(null, response -> response.choices().get(0).reasoning());
  }

  @Test
  void readsARefusal() {
    Played played =
        stream(delta("{'refusal':'no'}"), delta("{'refusal':'!','content':null}"), finish("stop"));

    assertThat(played.response().choices())
        .containsExactly(new Choice(0, "", null, "no!", List.of(), FinishReason.STOP));
  }

  @Test
  void readsAMessageWhereThereIsNoDelta() {
    String message =
        "{'choices':[{'message':{'content':'a','reasoning':'r'},'finish_reason':'stop'}]}";

    assertThat(stream(data(message)).response().choices())
        .containsExactly(new Choice(0, "a", "r", null, List.of(), FinishReason.STOP));
  }

  @Test
  void doesNotRepeatTheTextOfAMessageThatSumsUpDeltas() {
    Played played =
        stream(
            text("a"),
            text("b"),
            data("{'choices':[{'index':0,'message':{'content':'ab'},'finish_reason':'stop'}]}"));

    assertThat(played.response().text()).isEqualTo("ab");
  }

  private static List<ChatEvent> events(String... pieces) {
    Played played = stream(pieces);
    assertThat(played.failure()).isNull();
    return played.events();
  }
}
