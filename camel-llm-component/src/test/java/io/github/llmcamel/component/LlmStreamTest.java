/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.client.CallControl;
import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.CallTiming;
import io.github.llmcamel.client.Ending;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.price.PriceTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three ways to read a live answer; the test plays the model. */
class LlmStreamTest implements CallControl {

  private static final CallTiming TIMING =
      new CallTiming(Duration.ofSeconds(3), Duration.ofSeconds(1));
  private final LlmException failure =
      new LlmServerException(
          "groq answered 503.",
          new Failure(
              "groq", URI.create("http://h"), 503, null, Map.of(), null, null, null, null, true),
          null);

  private final List<String> asked = new ArrayList<>();
  private final Queue<String> left = new ArrayDeque<>();
  private final LlmStream<String> stream =
      new LlmStream<>(
          "groq",
          "m-asked",
          event -> event instanceof ChatEvent.TextDelta delta ? delta.text() : null,
          () -> left.poll(),
          Runnable::run,
          PriceTable.EMPTY);
  private final CallListener model = stream.sink();

  @BeforeEach
  void start() {
    model.starting(this);
  }

  @Override
  public void cancel(Cancellation reason) {
    asked.add(reason.name());
    if (stream.getDuration() == null) {
      model.ended(new Ending.Cancelled(reason, ChatResponse.builder().build(), TIMING));
    }
  }

  @Override
  public void progress() {}

  @Override
  public void resume() {}

  @Test
  void iteratesOverTheElementsAndSkipsWhatIsNone() {
    model.event(new ChatEvent.Started("c1", "m"));
    say("a");
    say("b");
    complete();

    assertThat(stream).toIterable().containsExactly("a", "b");
    assertThat(stream.hasNext()).as("asked again").isFalse();
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void hasAtLastWhatIsLeftAtTheEnd() {
    left.add("usage");
    say("a");
    complete();

    assertThat(stream).toIterable().containsExactly("a", "usage");
    assertThat(stream.hasNext()).as("asked again").isFalse();
  }

  @Test
  void waitsForWhatIsStillToCome() {
    CompletableFuture<String> first = CompletableFuture.supplyAsync(stream::next);
    awaitReader();
    assertThat(first).isNotDone();

    say("a");

    assertThat(first.join()).isEqualTo("a");
  }

  @Test
  void knowsTheWholeAnswerAtTheEnd() {
    say("a");
    assertThat(stream.getResponse()).isNull();
    assertThat(stream.getDuration()).isNull();
    assertThat(stream.getTimeToFirstToken()).isNull();
    complete();

    assertThat(stream.getResponse()).isNotNull();
    assertThat(stream.getDuration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(stream.getTimeToFirstToken()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aFailureComesAfterWhatHadArrived() {
    say("a");
    model.ended(new Ending.Failed(failure, TIMING));

    assertThat(stream.next()).isEqualTo("a");
    assertThatThrownBy(stream::hasNext).isSameAs(failure);
  }

  @Test
  void anAbandonedStreamSaysSo() {
    model.ended(
        new Ending.Cancelled(Cancellation.ABANDONED, ChatResponse.builder().build(), TIMING));

    assertThatThrownBy(stream::hasNext)
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("consumerTimeout");
  }

  @Test
  void closingEndsTheCallAndTellsTheReaderThatItHasNotReadAll() {
    CompletableFuture<Boolean> more = CompletableFuture.supplyAsync(stream::hasNext);
    awaitReader();

    stream.close();
    stream.close();

    assertThatThrownBy(more::join).hasCauseInstanceOf(CancellationException.class);
    assertThat(asked).containsOnly("CLOSED_BY_CONSUMER");
  }

  @Test
  void readingOnAfterClosingFailsInsteadOfLookingLikeAnEnd() {
    say("a");
    say("b");
    assertThat(stream.next()).isEqualTo("a");
    assertThat(stream.hasNext()).isTrue();

    stream.close();

    assertThatThrownBy(stream::hasNext)
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aFailureStaysOneAfterClosing() {
    model.ended(new Ending.Failed(failure, TIMING));
    assertThatThrownBy(stream::hasNext).isSameAs(failure);

    stream.close();

    assertThatThrownBy(stream::hasNext).isSameAs(failure);
  }

  @Test
  void closedServerSentEventsDoNotPretendToBeDone() {
    InputStream sse = new SseInputStream(stream);
    stream.close();

    assertThatThrownBy(sse::read).isInstanceOf(IOException.class);
  }

  @Test
  void interruptingTheReaderEndsTheCall() {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                stream.next();
              } catch (RuntimeCamelException e) {
                thrown.complete(e);
              }
            });
    reader.start();
    awaitReader();

    reader.interrupt();

    assertThat(thrown.join()).hasCauseInstanceOf(InterruptedException.class);
    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
  }

  @Test
  void aSecondReaderAtTheSameTimeFails() {
    CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(stream::hasNext);
    awaitReader();

    assertThatIllegalStateException()
        .isThrownBy(stream::hasNext)
        .withMessageContaining("streamMode=aggregate");
    complete();
    assertThat(first.join()).isFalse();
  }

  @Test
  void aSecondReaderAfterTheFirstHasClosedItFails() {
    say("a");
    complete();
    assertThat(stream).toIterable().hasSize(1);
    stream.close();

    assertThatIllegalStateException()
        .isThrownBy(stream::hasNext)
        .withMessageContaining("can be read once");
  }

  @Test
  void thereIsOneReaderOfOneKind() {
    say("a");
    stream.next();

    assertThatIllegalStateException().isThrownBy(() -> new SseInputStream(stream));
    Subscriber<ChatEvent> late = subscribe();
    assertThat(late.failure).isInstanceOf(IllegalStateException.class);
    assertThat(asked).as("the first one reads on").isEmpty();
  }

  @Test
  void aSubscriberGetsWhatItAsksFor() {
    say("a");
    Subscriber<ChatEvent> subscriber = subscribe();
    say("b");
    assertThat(subscriber.events).isEmpty();

    subscriber.subscription().request(1);
    assertThat(subscriber.events).containsExactly(text("a"));
    subscriber.subscription().request(Long.MAX_VALUE);
    say("c");
    assertThat(subscriber.events).containsExactly(text("a"), text("b"), text("c"));
    assertThat(subscriber.completed).isFalse();

    complete();
    assertThat(subscriber.completed).isTrue();
  }

  @Test
  void nothingIsHandedOverBeforeOnSubscribeReturns() {
    say("a");
    List<ChatEvent> seenTooEarly = new ArrayList<>();
    Subscriber<ChatEvent> eager =
        new Subscriber<ChatEvent>() {
          @Override
          public void onSubscribe(Flow.Subscription given) {
            given.request(10);
            seenTooEarly.addAll(events);
          }
        };

    stream.asPublisher().subscribe(eager);

    assertThat(seenTooEarly).isEmpty();
    assertThat(eager.events).containsExactly(text("a"));
  }

  @Test
  void aSubscriberThatThrowsGetsNothingMore() {
    Subscriber<ChatEvent> broken =
        new Subscriber<ChatEvent>() {
          @Override
          public void onNext(ChatEvent event) {
            throw new IllegalStateException("broken");
          }
        };
    stream.asPublisher().subscribe(broken);
    broken.subscription().request(10);

    assertThatIllegalStateException().isThrownBy(() -> say("a"));

    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
  }

  @Test
  void theEndNeedsNoDemand() {
    Subscriber<ChatEvent> subscriber = subscribe();
    complete();

    assertThat(subscriber.completed).isTrue();
  }

  @Test
  void aSubscriberHearsOfTheFailureItself() {
    Subscriber<ChatEvent> subscriber = subscribe();
    model.ended(new Ending.Failed(failure, TIMING));

    assertThat(subscriber.failure).isSameAs(failure);
    assertThat(subscriber.completed).isFalse();
  }

  @Test
  void aSubscriberThatCancelsClosesTheStreamAndHearsNothingMore() {
    Subscriber<ChatEvent> subscriber = subscribe();
    subscriber.subscription().request(10);
    say("a");

    subscriber.subscription().cancel();
    say("b");

    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
    assertThat(subscriber.events).hasSize(1);
    assertThat(subscriber.failure).isNull();
    assertThat(subscriber.completed).isFalse();
  }

  @Test
  void askingForNothingIsAMistakeOfTheSubscriber() {
    Subscriber<ChatEvent> subscriber = subscribe();
    subscriber.subscription().request(0);

    assertThat(subscriber.failure).isInstanceOf(IllegalArgumentException.class);
    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
  }

  @Test
  void closingTellsTheSubscriber() {
    Subscriber<ChatEvent> subscriber = subscribe();
    stream.close();

    assertThat(subscriber.failure).isInstanceOf(CancellationException.class);
  }

  @Test
  void aSubscriberToTheElementsGetsThemOneByOneAndWhatIsLeftAtTheEnd() {
    Subscriber<String> subscriber = subscribe(stream.elements());
    model.event(new ChatEvent.Started("c1", "m"));
    say("a");
    model.event(new ChatEvent.Finished(0, FinishReason.STOP));
    say("b");
    left.addAll(List.of("usage", "more"));
    complete();
    assertThat(subscriber.events).isEmpty();

    for (String element : List.of("a", "b", "usage")) {
      subscriber.subscription().request(1);
      assertThat(subscriber.events).endsWith(element);
      assertThat(subscriber.completed).isFalse();
    }
    subscriber.subscription().request(1);

    assertThat(subscriber.events).containsExactly("a", "b", "usage", "more");
    assertThat(subscriber.completed).isTrue();
  }

  @Test
  void eventsThatAreNoElementTakeNoDemand() {
    Subscriber<String> subscriber = subscribe(stream.elements());
    subscriber.subscription().request(1);
    model.event(new ChatEvent.Started("c1", "m"));
    assertThat(subscriber.events).isEmpty();

    say("a");

    assertThat(subscriber.events).containsExactly("a");
  }

  @Test
  void theEndOfTheElementsNeedsNoDemandThoughEventsThatAreNonePrecedeIt() {
    Subscriber<String> subscriber = subscribe(stream.elements());
    subscriber.subscription().request(1);
    say("a");
    model.event(new ChatEvent.Finished(0, FinishReason.STOP));
    complete();

    assertThat(subscriber.events).containsExactly("a");
    assertThat(subscriber.completed).isTrue();
  }

  @Test
  void aSubscriberToTheElementsHearsOfTheFailureItselfAndOfNothingThatWouldBeLast() {
    Subscriber<String> subscriber = subscribe(stream.elements());
    subscriber.subscription().request(Long.MAX_VALUE);
    say("a");
    left.add("usage");
    model.ended(new Ending.Failed(failure, TIMING));

    assertThat(subscriber.events).containsExactly("a");
    assertThat(subscriber.failure).isSameAs(failure);
  }

  @Test
  void aSubscriberHearsOfAFormatThatFails() {
    IllegalStateException broken = new IllegalStateException("unwritable");
    LlmStream<String> unwritable =
        new LlmStream<>(
            "groq",
            "m-asked",
            event -> {
              throw broken;
            },
            () -> null,
            Runnable::run,
            PriceTable.EMPTY);
    unwritable.sink().starting(this);
    Subscriber<String> subscriber = subscribe(unwritable.elements());
    subscriber.subscription().request(1);
    unwritable.sink().event(new ChatEvent.TextDelta(0, "a"));

    assertThat(subscriber.failure).isSameAs(broken);
    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
  }

  @Test
  void whoCancelsInFrontOfAnElementThatWaitsDoesNotGetIt() {
    Subscriber<String> subscriber = subscribe(stream.elements());
    say("a");

    subscriber.subscription().cancel();
    subscriber.subscription().request(1);

    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
    assertThat(subscriber.events).isEmpty();
    assertThat(subscriber.failure).isNull();
  }

  @Test
  void theEventsAndTheElementsHaveOneReaderTogether() {
    subscribe();
    Subscriber<String> second = subscribe(stream.elements());

    assertThat(second.failure).isInstanceOf(IllegalStateException.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void readsAsServerSentEvents() throws IOException {
    model.event(new ChatEvent.Started("c1", "m"));
    say("a\u2028");
    complete();

    String sse = new String(new SseInputStream(stream).readAllBytes(), StandardCharsets.UTF_8);

    assertThat(sse.split("\n\n"))
        .satisfiesExactly(
            role -> assertThat(role).startsWith("data: {").contains("\"role\":\"assistant\""),
            text -> assertThat(text).contains("\"delta\":{\"content\":\"a\u2028\"}"),
            finish -> assertThat(finish).contains("\"finish_reason\":\"stop\""),
            done -> assertThat(done).isEqualTo("data: [DONE]"));
  }

  @Test
  void serverSentEventsOfAFailedAnswerEndWithTheErrorAndWithoutDone() throws IOException {
    say("a");
    model.ended(new Ending.Failed(failure, TIMING));

    String sse = new String(new SseInputStream(stream).readAllBytes(), StandardCharsets.UTF_8);

    assertThat(sse)
        .contains("\"content\":\"a\"")
        .endsWith(
            "data: {\"error\":{\"message\":\"groq answered 503.\",\"type\":\"503\","
                + "\"code\":null}}\n\n");
  }

  @Test
  void anInputStreamGivesEachEventAwayAtOnce() throws IOException {
    try (InputStream sse = new SseInputStream(stream)) {
      say("a");

      byte[] buffer = new byte[10_000];
      int read = sse.read(buffer);

      assertThat(new String(buffer, 0, read, StandardCharsets.UTF_8)).endsWith("\n\n");
      assertThat(sse.available()).isZero();
    }
    assertThat(asked).containsExactly("CLOSED_BY_CONSUMER");
  }

  @Test
  void anInputStreamOfACallThatWasStoppedBreaks() {
    model.ended(new Ending.Cancelled(Cancellation.STOPPED, ChatResponse.builder().build(), TIMING));

    assertThatThrownBy(() -> new SseInputStream(stream).read()).isInstanceOf(IOException.class);
  }

  @Test
  void printsNothingOfTheAnswer() {
    say("secret");

    assertThat(stream).hasToString("LlmStream[groq]");
    assertThat(stream.next()).isEqualTo("secret");
  }

  private void say(String text) {
    model.event(text(text));
  }

  private void complete() {
    model.ended(new Ending.Completed(ChatResponse.builder().build(), TIMING));
  }

  private static ChatEvent text(String text) {
    return new ChatEvent.TextDelta(0, text);
  }

  private Subscriber<ChatEvent> subscribe() {
    return subscribe(stream.asPublisher());
  }

  private static <E> Subscriber<E> subscribe(Flow.Publisher<E> publisher) {
    Subscriber<E> subscriber = new Subscriber<>();
    publisher.subscribe(subscriber);
    return subscriber;
  }

  private static void awaitReader() {
    await()
        .until(
            () ->
                Thread.getAllStackTraces().entrySet().stream()
                    .anyMatch(
                        entry ->
                            entry.getKey().getState() == Thread.State.WAITING
                                && List.of(entry.getValue()).stream()
                                    .anyMatch(f -> f.getClassName().endsWith(".LlmStream"))));
  }

  private static class Subscriber<E> implements Flow.Subscriber<E> {
    final List<E> events = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean completed;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(E event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
    }

    @Override
    public void onComplete() {
      completed = true;
    }

    private Flow.Subscription subscription() {
      return Objects.requireNonNull(subscription);
    }
  }
}
