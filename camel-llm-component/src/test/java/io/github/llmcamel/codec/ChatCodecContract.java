/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.testkit.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of {@link ChatCodec}, for every codec. A transcript folder in {@code wire/<protocol>} is
 * all it takes to test an answer that a real server gave; what servers are known to do otherwise
 * stands in {@code vectors.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChatCodecContract extends ChatCodecProperties {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20_261_122L;
  private static final String GARBAGE = "{}[]\",:\\\n\r 0nt\u0000\u00ff\u00c3";

  /** Where the requests of the transcripts went. */
  protected abstract Destination destination();

  /** What a gateway would be sent, in OpenAI's format, for a transcript's request. */
  protected JsonNode asked(Transcript transcript) {
    return Objects.requireNonNull(transcript.asked());
  }

  /** What is written for {@link #asked}. */
  protected JsonNode expected(Transcript transcript) {
    return Objects.requireNonNull(transcript.request());
  }

  /** Whether both say the same; numbers count by their value. */
  protected boolean isSame(JsonNode sent, JsonNode expected) {
    return sent.equals(ChatCodecContract::compareNumbersByValue, expected);
  }

  /** What separates the pieces of a stream. */
  protected abstract String separator();

  /** A piece of a stream that no version of the protocol knows, with its separator. */
  protected abstract String unknownPiece();

  List<Transcript> transcripts() {
    return Transcript.all(protocol());
  }

  /** Those that say what must be sent. */
  List<Transcript> requests() {
    return transcripts().stream().filter(each -> each.request() != null).toList();
  }

  List<Transcript> answers() {
    return transcripts().stream().filter(each -> each.head().status() < 400).toList();
  }

  List<Transcript> completeAnswers() {
    return answers().stream()
        .filter(each -> each.expected().path("failure").isMissingNode())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void writesTheRequestOfTheTranscript(Transcript transcript) throws LlmException {
    JsonNode asked = asked(transcript);
    Delivery delivery = asked.path("stream").asBoolean() ? Delivery.STREAMED : Delivery.WHOLE;

    byte[] written =
        codec()
            .encode(OpenAiChatFormat.readIfJson(asked).orElseThrow(), delivery, destination())
            .body();

    JsonNode sent = Objects.requireNonNull(Json.tryRead(written, written.length));
    assertThat(isSame(sent, expected(transcript)))
        .as("%s%ninstead of%n%s", sent, expected(transcript))
        .isTrue();
  }

  @Test
  void writesTheBytesOfAnImageInBase64WithoutLineBreaks() throws LlmException {
    byte[] content = new byte[200];
    Arrays.fill(content, (byte) 0xFB);
    Part image = Part.Media.of("image/png", content, null);

    assertThat(written(new Message.User(List.of(image), null)))
        .contains(Base64.getEncoder().encodeToString(content));
  }

  @Test
  void writesHalfASurrogatePairAsReplacementCharacter() throws LlmException {
    assertThat(written(Message.user("x\uD83D"))).contains("\"x\uFFFD\"");
  }

  private String written(Message message) throws LlmException {
    ChatRequest request = ChatRequest.builder().model("m").message(message).build();
    return new String(
        codec().encode(request, Delivery.WHOLE, destination()).body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void readsWhatTheTranscriptExpects(Transcript transcript) {
    Played played =
        transcript.head().status() < 400
            ? play(transcript, List.of(transcript.body()))
            : new Played(List.of(), ErrorReader.ofStatus(transcript.head(), transcript.body()));

    assertThat(played.json().toPrettyString()).isEqualTo(transcript.expected().toPrettyString());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsTheSameWhereverTheBytesAreCut(Transcript transcript) {
    List<Object> whole = play(transcript, List.of(transcript.body())).comparable();

    assertThat(IntStream.rangeClosed(0, transcript.body().length))
        .as("places of a cut that changes what is read")
        .filteredOn(
            cut ->
                !play(transcript, Slices.cutAt(transcript.body(), cut)).comparable().equals(whole))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsTheSameByteByByte(Transcript transcript) {
    assertThat(play(transcript, Slices.byteByByte(transcript.body())).comparable())
        .isEqualTo(play(transcript, List.of(transcript.body())).comparable());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsTheSameInRandomSlices(Transcript transcript) {
    List<Object> whole = play(transcript, List.of(transcript.body())).comparable();

    assertThat(Slices.atRandom(transcript.body()))
        .allSatisfy(slices -> assertThat(play(transcript, slices).comparable()).isEqualTo(whole));
  }

  @ParameterizedTest
  @MethodSource("completeAnswers")
  void foldsToWhatItDecodesFromTheSameBytes(Transcript transcript) throws LlmException {
    ChatResponse folded = play(transcript, List.of(transcript.body())).response(transcript.head());

    assertThat(codec().decode(transcript.head(), transcript.body())).isEqualTo(folded);
  }

  @ParameterizedTest
  @MethodSource("completeAnswers")
  void foldsToWhatItDecodesFromTheSameAnswerUnstreamed(Transcript transcript) throws LlmException {
    ChatResponse folded = play(transcript, List.of(transcript.body())).response();

    ChatResponse whole = codec().decode(transcript.head(), wholeAnswer(folded));

    assertThat(whole.id()).isEqualTo(folded.id());
    assertThat(whole.model()).isEqualTo(folded.model());
    assertThat(counts(whole.usage())).isEqualTo(counts(folded.usage()));
    assertThat(whole.choices().stream().map(Said::of))
        .isEqualTo(folded.choices().stream().map(Said::of).toList());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ignoresUnknownMembers(Transcript transcript) {
    byte[] extended = withUnknownMembers(transcript.body());

    assertThat(known(play(transcript, List.of(extended))))
        .isEqualTo(known(play(transcript, List.of(transcript.body()))));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ignoresUnknownPiecesOfAStream(Transcript transcript) {
    String body = new String(transcript.body(), StandardCharsets.ISO_8859_1);
    String extended = body.replace(separator(), separator() + unknownPiece());

    byte[] bytes = extended.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(known(play(transcript, List.of(bytes))))
        .isEqualTo(known(play(transcript, List.of(transcript.body()))));
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void throwsNothingButItsOwnExceptions(Transcript transcript) {
    Random random = new Random(SEED);
    for (int round = 0; round < 100; round++) {
      byte[] broken = broken(transcript.body(), random);
      assertThat(play(transcript, List.of(broken)).events()).doesNotContainNull();
      try {
        codec().decode(transcript.head(), broken);
      } catch (LlmException expected) {
        assertThat(expected.getMessage()).startsWith("acme answered ");
      }
      assertThat(ErrorReader.ofStatus(transcript.head(), broken).getMessage())
          .startsWith("acme answered ");
    }
  }

  private static int compareNumbersByValue(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }

  private Played play(Transcript transcript, List<byte[]> slices) {
    return Played.play(codec(), transcript.head(), slices);
  }

  private static byte[] broken(byte[] body, Random random) {
    byte[] broken = Arrays.copyOf(body, 1 + random.nextInt(body.length));
    for (int i = random.nextInt(4); i >= 0; i--) {
      broken[random.nextInt(broken.length)] =
          (byte) GARBAGE.charAt(random.nextInt(GARBAGE.length()));
    }
    return broken;
  }

  private static byte[] withUnknownMembers(byte[] body) {
    List<String> lines = new ArrayList<>();
    for (String line : new String(body, StandardCharsets.UTF_8).split("\n", -1)) {
      int start = Math.max(0, line.indexOf('{'));
      try {
        JsonNode json = JSON.readTree(line.substring(start));
        lines.add(
            json instanceof ObjectNode object ? line.substring(0, start) + extended(object) : line);
      } catch (IOException notJson) {
        lines.add(line);
      }
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a member to the object and to the objects one and two levels below it. */
  private static ObjectNode extended(ObjectNode object) {
    List<JsonNode> below = new ArrayList<>();
    object.forEach(below::add);
    object.forEach(child -> child.forEach(below::add));
    below.stream().filter(ObjectNode.class::isInstance).forEach(ChatCodecContract::extend);
    extend(object);
    return object;
  }

  private static void extend(JsonNode object) {
    ((ObjectNode) object).putObject("x_unknown").putArray("a").addNull().add(1).add("text");
  }

  /** What is read of an answer but for what is handed on as it came. */
  private static List<Object> known(Played played) {
    List<Object> known = new ArrayList<>();
    for (ChatEvent event : played.events()) {
      Object said = known(event);
      boolean isNews = !(said instanceof ChatEvent.Started) || !known.contains(said);
      if (isNews && !(event instanceof ChatEvent.ExtrasReceived)) {
        known.add(said);
      }
    }
    LlmException failure = played.failure();
    known.add(failure == null ? "complete" : failure.getMessage());
    return known;
  }

  private static Object known(ChatEvent event) {
    if (event instanceof ChatEvent.Started started) {
      return new ChatEvent.Started(started.id(), started.model(), started.created());
    }
    if (event instanceof ChatEvent.UsageReported usage) {
      return counts(usage.usage());
    }
    return event instanceof ChatEvent.PartReceived received
            && received.part() instanceof Part.Opaque kept
        ? kept.protocol()
        : event;
  }

  private static Usage counts(Usage usage) {
    return new Usage(
        usage.inputTokens(),
        usage.outputTokens(),
        usage.cachedInputTokens(),
        usage.cacheWriteInputTokens(),
        usage.reasoningTokens(),
        null);
  }

  /** A choice without the raw finish word. */
  private record Said(
      int index,
      String text,
      @Nullable String reasoning,
      @Nullable String refusal,
      List<ToolCall> toolCalls,
      String finishWord) {
    private static Said of(ChatResponse.Choice choice) {
      FinishReason reason = Objects.requireNonNull(choice.finishReason());
      return new Said(
          choice.index(),
          choice.text(),
          choice.reasoning(),
          choice.refusal(),
          choice.toolCalls().stream().map(Said::compact).toList(),
          reason.word());
    }

    /** Not every protocol keeps the white space of arguments. */
    private static ToolCall compact(ToolCall call) {
      try {
        return new ToolCall(call.id(), call.name(), JSON.readTree(call.arguments()).toString());
      } catch (IOException cutOff) {
        return call;
      }
    }
  }
}
