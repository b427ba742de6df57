/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.testkit.FaultyLlmServer;
import io.github.llmcamel.testkit.FaultyLlmServer.Fault;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.RecordingObserver.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.util.concurrent.SizedScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many calls of a server that breaks most answers, somewhere: each ends once, nothing is left. */
class LlmFaultsTest extends CamelTestSupport {

  private static final int CALLS = 2_000;
  private static final int AT_ONCE = 64;
  private static final int CONNECTIONS = 48;
  private static final int PATIENCE_SECONDS = 60;
  private static final long SEED = 42;
  private static final Fault[] FAULTS = Fault.values();

  /** How an answer is delivered, by the option. */
  private static final List<String> DELIVERIES =
      List.of("stream=false", "streamMode=aggregate", "streamMode=live");

  private final FaultyLlmServer server = FaultyLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();
  private final Map<String, AsyncProducer> producers = new HashMap<>();
  private final List<ScheduledThreadPoolExecutor> timers = new ArrayList<>();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    created
        .getExecutorServiceManager()
        .setThreadPoolFactory(
            new DefaultThreadPoolFactory() {
              @Override
              public ScheduledExecutorService newScheduledThreadPool(
                  ThreadPoolProfile profile, ThreadFactory threads) {
                ScheduledExecutorService pool = super.newScheduledThreadPool(profile, threads);
                timers.add(((SizedScheduledExecutorService) pool).getScheduledThreadPoolExecutor());
                return pool;
              }
            });
    return created;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        String llm = "llm:vllm?model=m&baseUrl=" + server.url() + "/v1";
        String limited = llm + "&maxConcurrentRequests=" + CONNECTIONS + "&";
        String impatient = "&firstByteTimeout=100ms&idleTimeout=100ms&requestTimeout=200ms";
        for (String delivery : DELIVERIES) {
          from("direct:" + delivery).to(limited + delivery);
          from("direct:impatient " + delivery).to(limited + delivery + impatient);
        }
        from("direct:alone").to(llm + "&maxConcurrentRequests=1&maxQueuedRequests=0");
      }
    };
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void everyCallEndsOnceAndNothingIsLeft() throws Exception {
    List<Attempt> attempts = makeCalls();

    assertThat(attempts).allSatisfy(Attempt::assertEndedOnceAndRightly);
    assertThat(observer.recordings())
        .hasSize(CALLS)
        .allSatisfy(LlmFaultsTest::assertObservedToOneEnd);
    await().until(() -> server.answering() == 0);
    assertThat(server.connections()).isLessThanOrEqualTo(CONNECTIONS);
    assertThat(timers).isNotEmpty();
    await().until(() -> timers.stream().allMatch(timer -> timer.getQueue().isEmpty()));
    LlmComponent component = context.getComponent("llm", LlmComponent.class);
    assertThat(component.getCallsInFlight()).isZero();
    assertThat(component.getQueuedCalls()).isZero();
    assertThat(context.getInflightRepository().size()).isZero();
    // Nobody else has a place, or this one would be refused.
    String prompt = FaultyLlmServer.prompt(Fault.NONE, 0);
    assertThat(template.requestBody("direct:alone", prompt)).isEqualTo(FaultyLlmServer.TEXT);

    context.stop();
    await().until(() -> server.connections() == 0);
  }

  private List<Attempt> makeCalls() throws Exception {
    Random random = new Random(SEED);
    Semaphore places = new Semaphore(AT_ONCE);
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Fault fault = FAULTS[random.nextInt(FAULTS.length)];
      Attempt attempt = new Attempt(fault, DELIVERIES.get(i % DELIVERIES.size()), places);
      attempts.add(attempt);
      assertThat(places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      // What drips must not come to its end before the client gives up.
      attempt.start(random.nextInt(fault == Fault.DRIPPING ? 500 : 1_000));
    }
    assertThat(places.tryAcquire(AT_ONCE, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return attempts;
  }

  private AsyncProducer producer(String route) {
    return producers.computeIfAbsent(
        route,
        unused -> {
          try {
            AsyncProducer created = context.getEndpoint("direct:" + route).createAsyncProducer();
            created.start();
            return created;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void assertObservedToOneEnd(Recording recording) {
    List<String> signals = recording.signals();
    assertThat(signals.get(signals.size() - 1)).matches("completed|failed .*");
    assertThat(signals).noneMatch(s -> s.startsWith("OVERLAP") || s.startsWith("AFTER THE END"));
  }

  /** One call, and how it ended. */
  private final class Attempt implements Flow.Subscriber<ChatEvent> {
    private final Fault fault;
    private final String delivery;
    private final Semaphore places;
    private final AtomicInteger ends = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable Throwable failure;
    private volatile boolean live;

    private Attempt(Fault fault, String delivery, Semaphore places) {
      this.fault = fault;
      this.delivery = delivery;
      this.places = places;
    }

    private void start(int permille) {
      // In-out, so that a live answer is its caller's.
      Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
      exchange.getMessage().setBody(FaultyLlmServer.prompt(fault, permille));
      String route = fault == Fault.DRIPPING ? "impatient " + delivery : delivery;
      producer(route).process(exchange, synchronously -> answered(exchange));
    }

    private void answered(Exchange exchange) {
      Object body = exchange.getMessage().getBody();
      if (exchange.getException() != null) {
        end(exchange.getException());
      } else if (body instanceof LlmStream<?> stream && !live) {
        live = true;
        stream.asPublisher().subscribe(this);
      } else {
        text.append(body);
        end(null);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatEvent event) {
      if (event instanceof ChatEvent.TextDelta delta) {
        text.append(delta.text());
      }
    }

    @Override
    public void onError(Throwable thrown) {
      end(thrown);
    }

    @Override
    public void onComplete() {
      end(null);
    }

    private void end(@Nullable Throwable thrown) {
      failure = thrown;
      ends.incrementAndGet();
      places.release();
    }

    private void assertEndedOnceAndRightly() {
      assertThat(ends).as(toString()).hasValue(1);
      Throwable thrown = failure;
      if (thrown == null) {
        // A part must never pass for the whole.
        assertThat(text.toString()).as(toString()).isEqualTo(FaultyLlmServer.TEXT);
      } else {
        assertThat(thrown).as(toString()).isInstanceOf(LlmException.class);
      }
      switch (fault) {
        case NONE -> assertThat(thrown).as(toString()).isNull();
        case REFUSED -> assertThat(thrown).as(toString()).isInstanceOf(LlmRateLimitException.class);
        case ERROR -> assertThat(thrown).as(toString()).isInstanceOf(LlmServerException.class);
        case DRIPPING -> assertThat(thrown).as(toString()).isInstanceOf(LlmTimeoutException.class);
        case CLOSED, RESET -> {} // the model may have finished before
      }
    }

    @Override
    public String toString() {
      return fault + " " + delivery;
    }
  }
}
