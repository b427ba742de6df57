/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Replies;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Citation;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkWriterTest {

  private static final CompletionDefaults DEFAULTS =
      new CompletionDefaults("chatcmpl-1", "asked", Instant.ofEpochSecond(1_700_000_000));

  private final ChunkWriter chunks = OpenAiChatFormat.chunkWriter(DEFAULTS);

  @Test
  void beginsWithTheRole() {
    assertThat(chunks.apply(new ChatEvent.Started("c1", "m-1", Instant.ofEpochSecond(5))))
        .isEqualTo(
            "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":5,"
                + "\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                + "\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],"
                + "\"usage\":null}");
  }

  @Test
  void saysWhatClientsDemandWhereTheProviderDoesNot() {
    assertThat(chunks.apply(new ChatEvent.TextDelta(1, "a")))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1700000000,\"model\":\"asked\",\"choices\":[{\"index\":1,"
                + "\"delta\":{\"role\":\"assistant\",\"content\":\"a\"},\"logprobs\":null,"
                + "\"finish_reason\":null}],\"usage\":null}");
  }

  @Test
  void staysWithTheIdAndTheTimeOfItsFirstChunkButLearnsTheModel() {
    chunks.apply(new ChatEvent.Started(null, null));

    assertThat(chunks.apply(new ChatEvent.Started("c2", "m-2", Instant.EPOCH)))
        .as("the role is told once")
        .isNull();
    assertThat(chunks.apply(new ChatEvent.TextDelta(0, "a")))
        .startsWith(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1700000000,\"model\":\"m-2\",")
        .contains("\"delta\":{\"content\":\"a\"}");
  }

  @Test
  void everyChoiceHasItsRoleOnceAndFirst() {
    List<String> written =
        write(
            new ChatEvent.Started("c1", "m"),
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.ToolCallDelta(1, 0, "x", "f", ""),
            new ChatEvent.TextDelta(1, "b"),
            new ChatEvent.Finished(2, FinishReason.STOP),
            new ChatEvent.TextDelta(2, "c"));

    for (int choice = 0; choice < 3; choice++) {
      String index = "\"index\":%d,\"delta\":".formatted(choice);
      assertThat(written.stream().filter(chunk -> chunk.contains(index)))
          .first(STRING)
          .contains("\"role\":\"assistant\"");
    }
    assertThat(written.stream().filter(chunk -> chunk.contains("role"))).hasSize(3);
  }

  @Test
  void everyChoiceHasItsFinishReasonOnceAndLast() {
    List<String> written =
        write(
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.Finished(0, FinishReason.LENGTH),
            new ChatEvent.TextDelta(0, "b"),
            new ChatEvent.Finished(0, FinishReason.STOP),
            new ChatEvent.TextDelta(1, "never finished"),
            new ChatEvent.UsageReported(new Usage(1L, 2L, null, null, null, null)));

    assertThat(written).hasSize(6);
    assertThat(written.subList(0, 3))
        .allSatisfy(chunk -> assertThat(chunk).contains("\"finish_reason\":null"));
    assertThat(written.get(3))
        .contains("{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}");
    assertThat(written.get(4)).contains("\"index\":1", "\"finish_reason\":\"stop\"");
    assertThat(written.get(5)).contains("\"choices\":[]", "\"total_tokens\":3");
  }

  @ParameterizedTest
  @CsvSource({
    "stop, false, stop",
    "stop, true, tool_calls",
    "length, true, length",
    "tool_calls, false, tool_calls",
    "content_filter, false, content_filter",
    "error, false, error",
    "other, true, other"
  })
  void endsAChoiceThatCallsToolsWithThem(String word, boolean callsTools, String written) {
    chunks.apply(
        callsTools
            ? new ChatEvent.ToolCallDelta(0, 0, "x", "f", "{}")
            : new ChatEvent.TextDelta(0, "a"));
    chunks.apply(new ChatEvent.Finished(0, new FinishReason(word, "raw")));

    assertThat(chunks.last()).contains("\"finish_reason\":\"%s\"".formatted(written));
  }

  @Test
  void hasNoPlaceForOtherParts() {
    Part image = Part.Media.of("image/png", new byte[] {1}, null);

    assertThat(chunks.apply(new ChatEvent.PartReceived(0, image))).isNull();
  }

  @Test
  void hasNoPlaceForASourceOfNoPlaceInTheText() {
    Citation source = new Citation("https://h/1", "One", null, null, null, null);

    assertThat(chunks.apply(new ChatEvent.Cited(0, source))).isNull();
  }

  @Test
  void saysHowLikelyTheTokensWereBesideThem() {
    TokenProbability token =
        new TokenProbability(
            "a", -0.5, List.of(new TokenProbability("b", -1, List.of())), List.of(97));

    assertThat(
            write(
                new ChatEvent.TokensRated(0, List.of(token)),
                new ChatEvent.TextDelta(0, "a"),
                new ChatEvent.TextDelta(0, "b")))
        .hasSize(3)
        .first(STRING)
        .endsWith(
            "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"},"
                + "\"logprobs\":{\"content\":["
                + "{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97],\"top_logprobs\":["
                + "{\"token\":\"b\",\"logprob\":-1.0,\"bytes\":null}]}],\"refusal\":null},"
                + "\"finish_reason\":null}],\"usage\":null}");
  }

  @Test
  void saysHowLikelyTokensWereThatNoTextFollowsAtTheEnd() {
    List<String> written =
        write(
            new ChatEvent.TokensRated(
                0, List.of(new TokenProbability("", -0.5, List.of(), List.of()))));

    assertThat(written)
        .singleElement(STRING)
        .contains(
            "\"delta\":{\"role\":\"assistant\"}", "\"bytes\":[]", "\"finish_reason\":\"stop\"");
  }

  @Test
  void saysWhatTheAnswerIsInEveryChunkAndWhatIsLargeOnce() {
    List<String> written =
        write(
            new ChatEvent.Started(
                "c1", "m", null, Map.of("system_fingerprint", "fp", "sources", List.of("u"))),
            new ChatEvent.TextDelta(0, "a"),
            new ChatEvent.Started("c1", "m", null, Map.of("service_tier", "flex")),
            new ChatEvent.UsageReported(new Usage(1L, 2L, null, null, null, null)));

    assertThat(written)
        .hasSize(4)
        .allMatch(chunk -> chunk.contains("\"system_fingerprint\":\"fp\""));
    assertThat(written.get(0)).contains("\"sources\":[\"u\"]");
    assertThat(written).filteredOn(chunk -> chunk.contains("sources")).hasSize(1);
    assertThat(written).filteredOn(chunk -> chunk.contains("flex")).hasSize(2);
  }

  @Test
  void saysWhatIsBesideTheMessageWithTheNextPieceAndWhatIsInItAtOnce() {
    assertThat(
            write(
                new ChatEvent.ExtrasReceived(0, Map.of("content_filter_results", 1), Map.of()),
                new ChatEvent.TextDelta(0, "a"),
                new ChatEvent.ExtrasReceived(0, Map.of(), Map.of("audio", Map.of("data", "QQ=="))),
                new ChatEvent.ExtrasReceived(0, Map.of("stop_reason", 2), Map.of())))
        .satisfiesExactly(
            chunk ->
                assertThat(chunk).contains("\"content\":\"a\"", "\"content_filter_results\":1"),
            chunk -> assertThat(chunk).contains("\"delta\":{\"audio\":{\"data\":\"QQ==\"}}"),
            chunk -> assertThat(chunk).contains("\"finish_reason\":\"stop\",\"stop_reason\":2"));
  }

  @Test
  void writesACallOfACustomToolAndWhatElseIsSaidOfACall() {
    ChatEvent custom =
        new ChatEvent.ToolCallDelta(
            0, 0, "x", "code", "print", ToolCall.Kind.CUSTOM, Map.of("custom", Map.of("y", 1)));
    ChatEvent signed =
        new ChatEvent.ToolCallDelta(
            0, 1, null, null, "{", ToolCall.Kind.FUNCTION, Map.of("extra_content", Map.of("s", 1)));

    assertThat(chunks.apply(custom))
        .contains(
            "{\"index\":0,\"id\":\"x\",\"type\":\"custom\",\"custom\":{\"name\":\"code\","
                + "\"input\":\"print\",\"y\":1}}");
    assertThat(chunks.apply(signed))
        .contains("{\"index\":1,\"function\":{\"arguments\":\"{\"},\"extra_content\":{\"s\":1}}");
  }

  @Test
  void handsOnTheCountsThatItHasNoNameFor() {
    chunks.apply(
        new ChatEvent.UsageReported(
            new Usage(
                3L,
                7L,
                null,
                null,
                2L,
                "{\"prompt_tokens\":3,\"completion_tokens\":5,\"prompt_tokens_details\":null,"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":2,\"audio_tokens\":1},"
                    + "\"cost\":0.5}")));

    assertThat(chunks.last())
        .endsWith(
            "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":7,\"prompt_tokens_details\":null,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":2,\"audio_tokens\":1},"
                + "\"cost\":0.5,\"total_tokens\":10}}");
  }

  @Test
  void writesNoCountsInTheFormOfAnotherProtocol() {
    chunks.apply(
        new ChatEvent.UsageReported(
            new Usage(3L, 7L, null, null, null, "{\"input_tokens\":3,\"output_tokens\":7}")));

    assertThat(chunks.last())
        .endsWith("\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":7,\"total_tokens\":10}}");
  }

  @Test
  void sendsTheUsageLastWithoutAChoice() {
    assertThat(
            chunks.apply(new ChatEvent.UsageReported(new Usage(3L, null, null, null, null, "raw"))))
        .isNull();
    assertThat(
            chunks.apply(new ChatEvent.UsageReported(new Usage(null, 2L, null, null, 1L, "raw"))))
        .isNull();

    assertThat(chunks.last())
        .endsWith(
            "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,"
                + "\"total_tokens\":5,\"completion_tokens_details\":{\"reasoning_tokens\":1}}}");
    assertThat(chunks.last()).isNull();
  }

  @Test
  void keepsTheTimingOfTheServerFromClientsThatExpectAChoice() {
    assertThat(chunks.apply(new ChatEvent.TimingReported(ServerTiming.UNKNOWN))).isNull();
  }

  @Test
  void whatItWritesReadsAsTheSameAnswer() throws Exception {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.Started("c1", "m-1"),
            new ChatEvent.ReasoningDelta(0, "hm"),
            new ChatEvent.TextDelta(0, "line\nbreak \u2028 \"quote\""),
            new ChatEvent.TokensRated(
                0,
                List.of(
                    new TokenProbability(
                        "line", -0.5, List.of(new TokenProbability("a", -2, List.of()))))),
            new ChatEvent.Cited(0, new Citation("https://h/1", "One", null, 0, 4, null)),
            new ChatEvent.RefusalDelta(1, "no"),
            new ChatEvent.TokensRated(1, List.of(new TokenProbability("no", 0, List.of()))),
            new ChatEvent.ToolCallDelta(0, 0, "call_1", "f", "{\"a\":"),
            new ChatEvent.ToolCallDelta(0, 0, null, null, "1}"),
            new ChatEvent.ToolCallDelta(0, 1, "call_2", "g", "{}"),
            new ChatEvent.Finished(0, FinishReason.STOP),
            new ChatEvent.Finished(1, FinishReason.LENGTH),
            new ChatEvent.UsageReported(new Usage(3L, 2L, 1L, null, 1L, null)));
    ChatResponse.Builder expected = ChatResponse.builder();
    events.forEach(expected::add);

    String stream =
        write(events.toArray(ChatEvent[]::new)).stream()
                .map(data -> "data: " + data + "\n\n")
                .collect(Collectors.joining())
            + "data: [DONE]\n\n";
    ChatResponse read =
        new OpenAiCodec().decode(Replies.head(200), stream.getBytes(StandardCharsets.UTF_8));

    assertThat(OpenAiChatFormat.write(read, DEFAULTS))
        .isEqualTo(OpenAiChatFormat.write(expected.build(), DEFAULTS));
  }

  @Test
  void anErrorHasTheShapeThatClientsKnow() throws JsonProcessingException {
    Failure failure =
        new Failure(
            "groq", URI.create("http://h/v1"), 503, null, Map.of(), null, "busy", null, null, true);

    assertThat(Json.read(OpenAiChatFormat.writeError(new LlmServerException("No.", failure, null))))
        .isEqualTo(
            Json.read("{\"error\":{\"message\":\"No.\",\"type\":\"503\",\"code\":\"busy\"}}"));
  }

  /** All chunks of a complete answer. */
  private List<String> write(ChatEvent... events) {
    return Stream.concat(
            Stream.of(events).map(chunks).filter(Objects::nonNull),
            Stream.generate(chunks::last).takeWhile(Objects::nonNull))
        .map(Objects::requireNonNull)
        .toList();
  }
}
