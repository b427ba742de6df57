/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import io.github.llmcamel.testkit.ManualClock;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.transport.HttpSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way a call can go and end, on a thread of the test, with a clock of the test. */
class RunningCallTest {

  private static final Provider GROQ = Providers.find("groq").orElseThrow();
  private static final String TEXT_A =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";
  private static final String FINISH =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  private final ManualClock clock = new ManualClock();
  private final FakeTransport transport = new FakeTransport();
  private final FakeTransport simulator = new FakeTransport();
  private final RecordingObserver observer = new RecordingObserver();
  private final List<Ending> endings = new ArrayList<>();
  private final ModelClient client =
      new ModelClient(settings -> transport, simulator, new Clockwork(clock, clock));

  @AfterEach
  void endsOnceAndLeavesNothingBehind() {
    assertThat(endings).hasSize(1);
    assertThat(clock.pending()).as("timers left").isZero();
    assertThat(observer.only().signals()).noneMatch(s -> s.contains("OVERLAP"));
    assertThat(observer.only().signals()).noneMatch(s -> s.contains("AFTER THE END"));
  }

  @Test
  void completesAStreamWithItsTimes() {
    start(Delivery.STREAMED);
    clock.advance(Duration.ofMillis(50));
    transport.head(200);
    clock.advance(Duration.ofMillis(350));
    transport.slice(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
    clock.advance(Duration.ofMillis(100));
    transport.slice(TEXT_A);
    clock.advance(Duration.ofMillis(500));
    transport.slice(FINISH + USAGE + DONE);
    transport.end();

    Ending.Completed completed = (Ending.Completed) ending();
    assertThat(chat(completed).text()).isEqualTo("a");
    assertThat(chat(completed).id()).isEqualTo("c1");
    assertThat(completed.response().usage().outputTokens()).isEqualTo(1);
    assertThat(completed.timing().timeToFirstToken()).isEqualTo(Duration.ofMillis(500));
    assertThat(completed.timing().duration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(transport.cancelled).as("the connection is kept for the next call").isFalse();
    assertThat(observer.only().signals())
        .startsWith("start", "headers", "sent", "head 200")
        .contains("event TextDelta", "event Finished", "event UsageReported")
        .endsWith("completed");
  }

  @Test
  void completesAWholeAnswerWithoutAFirstTokenTime() {
    start(Delivery.WHOLE);
    transport.head(200, Map.of("content-type", List.of("application/json")));
    transport.slice("{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":");
    transport.slice("{\"content\":\"all\"},\"finish_reason\":\"stop\"}]}");
    transport.end();

    Ending.Completed completed = (Ending.Completed) ending();
    assertThat(chat(completed).text()).isEqualTo("all");
    assertThat(completed.timing().timeToFirstToken()).isNull();
    assertThat(observer.only().signals())
        .containsExactly("start", "headers", "sent", "head 200", "completed");
  }

  @Test
  void sendsTheKeyAndTheUsersHeadersAndNothingElseOfItsOwn() {
    start(Delivery.WHOLE);

    assertThat(transport.call().method()).isEqualTo("POST");
    assertThat(transport.call().uri())
        .hasToString("https://api.groq.com/openai/v1/chat/completions");
    assertThat(transport.call().headers())
        .containsEntry("Authorization", "Bearer key-1")
        .containsEntry("X-Team", "billing")
        .containsEntry("Content-Type", "application/json");
    assertThat(transport.requestBody()).contains("\"model\":\"m\"");
    client.close();
  }

  @Test
  void handsTheRequestOverWithinTheObservationWhichIsToldNoSecret() {
    List<String> heard = new ArrayList<>();
    CallObservation within =
        new CallObservation() {
          @Override
          public void send(String method, URI url, Runnable handOver) {
            heard.add("%s %s, sent: %s".formatted(method, url, transport.call != null));
            handOver.run();
            heard.add("sent: " + (transport.call != null));
          }
        };
    Destination destination =
        new Destination(
            GROQ, URI.create("https://proxy/key-1234/v1?k=v"), new Secret("key-1234"), Map.of());
    client.call(
        call(Delivery.WHOLE, destination),
        CallObserver.safe(List.of(observer, call -> within)),
        new Reader());

    assertThat(heard)
        .containsExactly("POST https://proxy/***/v1/chat/completions, sent: false", "sent: true");
    assertThat(transport.call().uri()).hasPath("/key-1234/v1/chat/completions").hasQuery("k=v");
    client.close();
  }

  @Test
  void readsOnAtTheTerminatorOnlyForAShortWhile() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A + FINISH + DONE);

    assertThat(ending()).isInstanceOf(Ending.Completed.class);
    assertThat(transport.cancelled).isFalse();
    clock.advance(Duration.ofSeconds(5));
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void closesAConnectionThatGoesOnAndOnAfterTheTerminator() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A + FINISH + DONE);
    for (int i = 0; i < 65; i++) {
      transport.slice(" ".repeat(1024));
    }

    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void completesWithoutUsageWhenTheStreamIsNotEndedAfterTheFinish() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A + FINISH);
    assertThat(endings).isEmpty();

    clock.advance(Duration.ofSeconds(5));

    Ending.Completed completed = (Ending.Completed) ending();
    assertThat(completed.response().usage().outputTokens()).isNull();
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void waitsLongerForAChoiceThatWasAskedForAndHasNotBegun() {
    Provider vllm = Providers.find("vllm").orElseThrow();
    Sampling two = new Sampling(null, null, null, null, List.of(), null, null, null, 2, null);
    client.call(
        call(
            ChatRequest.of("hi").toBuilder().model("m").sampling(two).build(),
            Delivery.STREAMED,
            new Destination(vllm, URI.create("http://localhost:8000/v1"), null, Map.of()),
            Duration.ofSeconds(20)),
        observer,
        endings::add);
    transport.head(200);
    transport.slice(TEXT_A + FINISH);
    clock.advance(Duration.ofSeconds(19));
    assertThat(endings).isEmpty();

    transport.slice(
        "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}\n\n");
    clock.advance(Duration.ofSeconds(5));

    assertThat(chat((Ending.Completed) ending()).choices()).hasSize(2);
  }

  @Test
  void completesWhenTheConnectionBreaksAfterTheFinish() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A + FINISH);
    transport.breakOff(new IOException("reset"));

    assertThat(ending()).isInstanceOf(Ending.Completed.class);
  }

  @Test
  void aRefusedConnectionIsAConnectionFailure() {
    start(Delivery.STREAMED);
    transport.refuse(new ConnectException("Connection refused"));

    LlmException failure = failure();
    assertThat(failure).isInstanceOf(LlmConnectionException.class);
    assertThat(failure.getStatusCode()).isZero();
    assertThat(failure.getErrorType()).isEqualTo("java.net.ConnectException");
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessage("groq at api.groq.com:443 cannot be reached: Connection refused");
    assertThat(failure.getPartialResponse()).isNull();
  }

  @Test
  void anErrorStatusIsReadToTheEndOfItsBody() {
    start(Delivery.STREAMED);
    transport.head(401, Map.of("content-type", List.of("application/json")));
    transport.slice("{\"error\":{\"message\":\"bad");
    transport.slice(" key\",\"code\":\"invalid_api_key\"}}");
    transport.end();

    assertThat(failure()).isInstanceOf(LlmAuthenticationException.class);
    assertThat(failure().getCode()).isEqualTo("invalid_api_key");
    assertThat(observer.only().signals())
        .containsExactly(
            "start", "headers", "sent", "head 401", "failed LlmAuthenticationException");
  }

  @Test
  void anErrorBodyWithoutEndIsCut() {
    start(Delivery.WHOLE);
    transport.head(400);
    transport.slice("x".repeat(40 * 1024));
    assertThat(endings).isEmpty();
    transport.slice("x".repeat(40 * 1024));

    assertThat(failure()).isInstanceOf(LlmRequestException.class);
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void anErrorBodyThatBreaksOffIsStillThatError() {
    start(Delivery.WHOLE);
    transport.head(401);
    transport.breakOff(new IOException("reset"));

    assertThat(failure()).isInstanceOf(LlmAuthenticationException.class);
  }

  @Test
  void aStreamThatEndsWithoutItsFinishKeepsWhatHadArrived() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A);
    transport.end();

    assertThat(failure()).isInstanceOf(LlmStreamInterruptedException.class);
    assertThat(failure().getPartialResponse()).isNotNull();
    assertThat(partialText()).isEqualTo("a");
  }

  @Test
  void aStreamThatBreaksKeepsWhatHadArrivedAndTheCause() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A);
    IOException reset = new IOException("reset");
    transport.breakOff(reset);

    assertThat(failure()).isInstanceOf(LlmStreamInterruptedException.class).hasCause(reset);
    assertThat(partialText()).isEqualTo("a");
  }

  @Test
  void aStreamThatBreaksBeforeItsFirstEventIsAConnectionFailure() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.breakOff(new IOException("reset"));

    assertThat(failure()).isInstanceOf(LlmConnectionException.class);
    assertThat(failure().getPartialResponse()).isNull();
    assertThat(failure().getErrorType()).isEqualTo("java.net.SocketException");
  }

  @Test
  void anErrorEventKeepsWhatHadArrivedAndClosesTheConnection() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(
        TEXT_A + "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}\n\n");

    assertThat(failure()).hasMessageContaining("boom");
    assertThat(partialText()).isEqualTo("a");
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void timesOutWhenNoEventComesWhateverKeepAlivesDo() {
    start(Delivery.STREAMED);
    transport.head(200);
    for (int second = 0; second < 5; second++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(endings).hasSize(second < 4 ? 0 : 1);
      transport.slice(": ping\n\n");
    }

    assertThat(failure()).isInstanceOf(LlmTimeoutException.class);
    assertThat(failure()).hasMessageContaining("firstByteTimeout").hasMessageContaining("5 s");
    assertThat(failure().getErrorType()).isEqualTo("java.util.concurrent.TimeoutException");
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void timesOutWhenAStreamStandsStillAndKeepsWhatHadArrived() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A);
    clock.advance(Duration.ofSeconds(2));

    assertThat(failure()).isInstanceOf(LlmTimeoutException.class);
    assertThat(failure()).hasMessageContaining("idleTimeout");
    assertThat(partialText()).isEqualTo("a");
  }

  @Test
  void timesOutWhenAWholeAnswerStandsStill() {
    start(Delivery.WHOLE);
    transport.head(200);
    clock.advance(Duration.ofSeconds(1));
    transport.slice("{");
    clock.advance(Duration.ofMillis(1_999));
    assertThat(endings).isEmpty();
    clock.advance(Duration.ofMillis(1));

    assertThat(failure()).hasMessageContaining("idleTimeout");
  }

  @Test
  void refusesAnAnswerThatIsTooLarge() {
    start(Delivery.WHOLE);
    transport.head(200);
    transport.slice("x".repeat(1_001));

    assertThat(failure()).isInstanceOf(LlmProtocolException.class);
    assertThat(failure()).hasMessageContaining("1000 bytes (maxResponseBytes)");
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void refusesAStreamThatIsTooLarge() {
    start(Delivery.STREAMED);
    transport.head(200);
    while (endings.isEmpty()) {
      transport.slice(TEXT_A);
    }

    assertThat(failure()).hasMessageContaining("maxResponseBytes");
    assertThat(partialText()).startsWith("aaa");
  }

  @Test
  void closingTheClientCancelsTheCallAndKeepsWhatHadArrived() {
    start(Delivery.STREAMED);
    transport.head(200);
    transport.slice(TEXT_A);
    client.close();

    Ending.Cancelled cancelled = (Ending.Cancelled) ending();
    assertThat(cancelled.reason()).isEqualTo(Cancellation.STOPPED);
    assertThat(cancelled.partial().text()).isEqualTo("a");
    assertThat(transport.cancelled).isTrue();
    assertThat(transport.closed).isTrue();
    assertThat(observer.only().signals()).endsWith("cancelled STOPPED");
  }

  @Test
  void whatComesAfterTheEndIsIgnored() {
    start(Delivery.STREAMED);
    transport.head(200);
    client.close();
    transport.slice(TEXT_A);
    transport.breakOff(new IOException("closed"));

    assertThat(ending()).isInstanceOf(Ending.Cancelled.class);
  }

  @Test
  void asksForMoreOnlyAfterItHasReadWhatItGot() {
    start(Delivery.STREAMED);
    transport.head(200);
    assertThat(transport.requested).isEqualTo(1);
    transport.slice(TEXT_A);
    assertThat(transport.requested).isEqualTo(2);
    transport.slice(FINISH + DONE);
    transport.end();
  }

  @Test
  void slowsTheServerDownWhileTheReaderWantsNothing() {
    Reader reader = startLive();
    transport.head(200);
    reader.wantsMore = false;
    transport.slice(TEXT_A);
    assertThat(transport.requested).as("no further slice is asked for").isEqualTo(1);
    clock.advance(Duration.ofSeconds(20));
    assertThat(endings).as("the idle time does not count meanwhile").isEmpty();

    reader.wantsMore = true;
    reader.control().resume();
    assertThat(transport.requested).isEqualTo(2);
    transport.slice(FINISH + DONE);
    transport.end();

    assertThat(ending()).isInstanceOf(Ending.Completed.class);
  }

  @Test
  void readsOnAfterTheFinishEvenIfTheReaderWantsNothing() {
    Reader reader = startLive();
    transport.head(200);
    reader.wantsMore = false;
    transport.slice(TEXT_A + FINISH);
    assertThat(transport.requested).isEqualTo(2);
    transport.slice(USAGE + DONE);
    transport.end();

    Ending.Completed completed = (Ending.Completed) ending();
    assertThat(completed.response().usage().outputTokens()).isEqualTo(1);
  }

  @Test
  void slowsTheServerDownWhenTheAnswerGoesOnAfterItsFinish() {
    Reader reader = startLive();
    transport.head(200);
    transport.slice(TEXT_A + FINISH);
    reader.wantsMore = false;
    transport.slice(TEXT_A);
    assertThat(transport.requested).as("no further slice is asked for").isEqualTo(2);
    clock.advance(Duration.ofSeconds(30));

    assertThat(((Ending.Cancelled) ending()).reason()).isEqualTo(Cancellation.ABANDONED);
  }

  @Test
  void abandonsAnAnswerThatItsReaderHasStoppedTaking() {
    Reader reader = startLive();
    transport.head(200);
    reader.wantsMore = false;
    transport.slice(TEXT_A);
    clock.advance(Duration.ofSeconds(29));
    reader.control().progress();
    clock.advance(Duration.ofSeconds(29));
    assertThat(endings).isEmpty();

    clock.advance(Duration.ofSeconds(1));

    Ending.Cancelled cancelled = (Ending.Cancelled) ending();
    assertThat(cancelled.reason()).isEqualTo(Cancellation.ABANDONED);
    assertThat(cancelled.partial().text()).isEqualTo("a");
    assertThat(transport.cancelled).isTrue();
    assertThat(observer.only().signals()).endsWith("cancelled ABANDONED");
  }

  @Test
  void aReaderThatIsDoneClosesTheConnection() {
    Reader reader = startLive();
    transport.head(200);
    transport.slice(TEXT_A);

    reader.control().cancel(Cancellation.CLOSED_BY_CONSUMER);
    reader.control().resume();
    reader.control().progress();

    assertThat(transport.cancelled).isTrue();
    assertThat(observer.only().signals()).endsWith("cancelled CLOSED_BY_CONSUMER");
  }

  @Test
  void theSimulatorHasATransportOfItsOwn() {
    Provider provider = Providers.find("simulator").orElseThrow();
    client.call(
        call(
            Delivery.WHOLE,
            new Destination(provider, URI.create("simulator://simulator/v1"), null, Map.of())),
        observer,
        endings::add);

    assertThat(transport.call).isNull();
    assertThat(simulator.call().uri()).hasToString("simulator://simulator/v1/chat/completions");
    assertThat(observer.only().call().serverPort()).isNull();
    client.close();
  }

  private void start(Delivery delivery) {
    client.call(call(delivery, groq()), observer, endings::add);
  }

  private Reader startLive() {
    Reader reader = new Reader();
    client.call(call(Delivery.STREAMED, groq()), observer, reader);
    return reader;
  }

  private static Destination groq() {
    return new Destination(
        GROQ,
        URI.create("https://api.groq.com/openai/v1"),
        new Secret("key-1"),
        Map.of("X-Team", "billing"));
  }

  private static ModelCall call(Delivery delivery, Destination destination) {
    ChatRequest request = ChatRequest.of("hi").toBuilder().model("m").build();
    return call(request, delivery, destination, Duration.ofSeconds(2));
  }

  private static ModelCall call(
      ChatRequest request, Delivery delivery, Destination destination, Duration idle) {
    Timeouts timeouts =
        new Timeouts(
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofSeconds(5),
            idle,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));
    CallLimits limits = new CallLimits(timeouts, 0, 0, 1_000);
    return new ModelCall(request, delivery, destination, limits, HttpSettings.DEFAULT);
  }

  private static ChatResponse chat(Ending.Completed completed) {
    return (ChatResponse) completed.response();
  }

  private Ending ending() {
    assertThat(endings).hasSize(1);
    return endings.get(0);
  }

  private String partialText() {
    return Objects.requireNonNull(failure().getPartialResponse()).text();
  }

  private LlmException failure() {
    return ((Ending.Failed) ending()).failure();
  }

  private final class Reader implements CallListener {
    private @Nullable CallControl control;
    private boolean wantsMore = true;

    @Override
    public void starting(CallControl started) {
      control = started;
    }

    @Override
    public boolean event(ChatEvent event) {
      return wantsMore;
    }

    @Override
    public void ended(Ending ending) {
      endings.add(ending);
    }

    private CallControl control() {
      return Objects.requireNonNull(control);
    }
  }
}
