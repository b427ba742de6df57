/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static io.github.llmcamel.codec.Replies.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ChatResponse.Choice;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.Transcript;
import io.github.llmcamel.vectors.Step;
import io.github.llmcamel.vectors.Vector;
import io.github.llmcamel.vectors.VectorFile;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * What holds for every answer, not only for those we thought of. The answers are those of {@code
 * vectors.txt}, broken at random.
 *
 * <p>The build tries a few hundred, the same every time; {@code -Djqwik.tries.default} and {@code
 * -Dfuzz.seed} ask for more and for others.
 */
public abstract class ChatCodecProperties {

  private static final String SEED = "20261122";
  private static final long OTHER_SEED = Long.getLong("fuzz.seed", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 100_000;

  /** What a decoder may allocate for nothing, and for each byte: nothing grows by itself. */
  private static final long ALLOCATED_ALWAYS = 4_000_000;

  private static final long ALLOCATED_PER_BYTE = 2_000;

  /** The bodies of the vectors by protocol. */
  private static final Map<String, List<byte[]>> CORPUS =
      VectorFile.all().stream()
          .filter(vector -> length(vector) < LONGEST)
          .collect(
              Collectors.groupingBy(
                  ChatCodecProperties::protocol,
                  Collectors.mapping(ChatCodecProperties::body, Collectors.toList())));

  /** The name of the protocol, in lower case. */
  protected abstract String protocol();

  protected abstract ChatCodec codec();

  /** The protocol's whole answer that says the same as {@code response}. */
  protected abstract byte[] wholeAnswer(ChatResponse response);

  @Property(seed = SEED, shrinking = ShrinkingMode.OFF)
  void readsTheSameInAnySlices(@ForAll long seed) {
    Random random = random(seed);
    byte[] bytes = mutant(random);

    assertThat(
            Played.play(codec(), head(200), Slices.atRandom(bytes, random.nextInt())).comparable())
        .isEqualTo(Played.play(codec(), head(200), List.of(bytes)).comparable());
  }

  @Property(seed = SEED, shrinking = ShrinkingMode.OFF)
  void throwsNothingElseAndNeitherHangsNorAllocatesWithoutBound(@ForAll long seed) {
    byte[] bytes = mutant(random(seed));

    long allocated = assertTimeoutPreemptively(PATIENCE, () -> allocatedBy(bytes));

    assertThat(allocated).isLessThan(ALLOCATED_ALWAYS + ALLOCATED_PER_BYTE * bytes.length);
  }

  @Property(seed = SEED)
  void readsWhatItsOwnServerWrites(@ForAll("responses") ChatResponse response) throws LlmException {
    ChatResponse read = codec().decode(head(200), wholeAnswer(response));

    Choice expected = response.choices().get(0);
    assertThat(read.choices()).hasSize(1);
    assertThat(read.text()).isEqualTo(expected.text());
    assertThat(read.choices().get(0).reasoning()).isEqualTo(expected.reasoning());
    assertThat(read.choices().get(0).toolCalls()).isEqualTo(expected.toolCalls());
    assertThat(read.usage().inputTokens()).isEqualTo(response.usage().inputTokens());
    assertThat(read.usage().outputTokens()).isEqualTo(response.usage().outputTokens());
  }

  @Provide
  Arbitrary<ChatResponse> responses() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(40);
    Arbitrary<List<ToolCall>> calls =
        Combinators.combine(
                Arbitraries.strings().alpha().ofLength(9),
                Arbitraries.strings().alpha().ofLength(3))
            .as((id, name) -> new ToolCall(id, name, "{\"" + name + "\":[1]}"))
            .list()
            .ofMaxSize(3);
    return Combinators.combine(
            text, text, calls, finishReasons(), Arbitraries.longs().between(1, 1L << 40))
        .as(ChatCodecProperties::response);
  }

  private static ChatResponse response(
      String text, String reasoning, List<ToolCall> calls, FinishReason finish, long tokens) {
    return new ChatResponse(
        "id",
        "m",
        List.of(
            new Choice(
                0,
                wellFormed(text),
                reasoning.isEmpty() ? null : wellFormed(reasoning),
                null,
                calls,
                finish)),
        new Usage(tokens, tokens + 1, null, null, null, null),
        ServerTiming.UNKNOWN);
  }

  /** Half a surrogate pair is no text, and JSON in UTF-8 cannot carry it. */
  private static String wellFormed(String text) {
    return text.replaceAll("[\\uD800-\\uDFFF]", "");
  }

  /** The words that servers of this protocol have used. */
  private Arbitrary<FinishReason> finishReasons() {
    return Arbitraries.of(
        Transcript.all(protocol()).stream()
            .filter(transcript -> transcript.head().status() < 400)
            .map(each -> Played.play(codec(), each.head(), List.of(each.body())).response())
            .map(ChatResponse::finishReason)
            .filter(Objects::nonNull)
            .distinct()
            .toList());
  }

  private long allocatedBy(byte[] bytes) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Played.play(codec(), head(200), List.of(bytes));
    try {
      codec().decode(head(200), bytes);
    } catch (LlmException expected) {
      assertThat(expected.getMessage()).startsWith("acme answered ");
    }
    assertThat(ErrorReader.ofStatus(head(400), bytes).getMessage()).startsWith("acme answered ");
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private byte[] mutant(Random random) {
    return new Mutant(random, Objects.requireNonNull(CORPUS.get(protocol()))).next();
  }

  private static Random random(long seed) {
    return new Random(seed ^ OTHER_SEED);
  }

  private static String protocol(Vector vector) {
    String name = Providers.find(vector.provider()).orElseThrow().protocol().name();
    return name.toLowerCase(Locale.ROOT);
  }

  private static int length(Vector vector) {
    return bytes(vector).mapToInt(bytes -> bytes.length).sum();
  }

  private static byte[] body(Vector vector) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    bytes(vector).forEach(body::writeBytes);
    return body.toByteArray();
  }

  private static Stream<byte[]> bytes(Vector vector) {
    return vector.steps().stream()
        .filter(Step.Bytes.class::isInstance)
        .map(step -> ((Step.Bytes) step).bytes());
  }
}
