/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.documents.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeederTest {

  private static final int AT_ONCE = 3;
  private static final List<Document> DOCUMENTS =
      IntStream.range(0, 4 * AT_ONCE)
          .<Document>mapToObj(i -> new Document.File(i + ".txt", Path.of(i + ".txt")))
          .toList();

  private final CamelContext camel = new DefaultCamelContext();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Queue<Exchange> seen = new ConcurrentLinkedQueue<>();
  private long sent;

  @BeforeEach
  void startCamel() {
    camel.start();
  }

  @AfterEach
  void stopBoth() {
    camel.stop();
    thread.shutdownNow();
  }

  @Test
  void eachDocumentIsTheBodyOfAnExchangeOfItsOwn() throws Exception {
    assertThat(feed(seen::add, () -> true)).isTrue();

    assertThat(seen).extracting(exchange -> exchange.getMessage().getBody()).isEqualTo(DOCUMENTS);
    assertThat(seen).extracting(Exchange::getExchangeId).doesNotHaveDuplicates();
  }

  @Test
  void noDocumentIsBegunOnceItIsToStop() throws Exception {
    assertThat(feed(seen::add, () -> seen.size() < 2)).isFalse();

    assertThat(seen).hasSize(2);
    assertThat(sent).isEqualTo(2);
  }

  @Test
  void theFirstFailureIsTheLastDocumentAndThrown() {
    IOException failure = new IOException("No space left on device");

    assertThatThrownBy(
            () ->
                feed(
                    exchange -> {
                      seen.add(exchange);
                      if (seen.size() == 2) {
                        throw failure;
                      }
                    },
                    () -> true))
        .isSameAs(failure);
    assertThat(seen).hasSize(2);
  }

  @Test
  void whoeverIsDroppedByTheStopOfTheContextIsNotWaitedFor() throws Exception {
    AsyncProcessorSupport neverCalledBack =
        new AsyncProcessorSupport() {
          @Override
          public boolean process(Exchange exchange, AsyncCallback callback) {
            seen.add(exchange);
            if (seen.size() == AT_ONCE) {
              camel.getShutdownStrategy().setTimeout(1);
              thread.execute(camel::stop);
            }
            return false;
          }
        };

    feed(neverCalledBack, () -> true);

    assertThat(seen).hasSize(AT_ONCE);
  }

  @Test
  void asManyDocumentsAreUnderWayAsMayBeAndAllAreAwaited() throws Exception {
    LateAnswers answers = new LateAnswers(Thread.currentThread(), DOCUMENTS.size(), AT_ONCE);
    Future<?> answering = thread.submit(answers);

    feed(answers, () -> true);

    assertThat(answers.unanswered).isEmpty();
    assertThat(answers.mostAtOnce).hasValue(AT_ONCE);
    answering.get();
  }

  @Test
  void anotherTextOfADocumentWaitsForTheFirst() throws Exception {
    LateAnswers answers = new LateAnswers(Thread.currentThread(), 2, 1);
    Future<?> answering = thread.submit(answers);

    feed(List.of(DOCUMENTS.get(0), DOCUMENTS.get(0)), answers, () -> true);

    assertThat(answers.mostAtOnce).hasValue(1);
    answering.get();
  }

  private boolean feed(Processor step, BooleanSupplier goOn) throws Exception {
    return feed(DOCUMENTS, step, goOn);
  }

  private boolean feed(List<Document> documents, Processor step, BooleanSupplier goOn)
      throws Exception {
    RouteBuilder.addRoutes(
        camel,
        route -> {
          route.errorHandler(route.noErrorHandler());
          route.from("direct:document").process(step);
        });
    try (AsyncProducer route = camel.getEndpoint("direct:document").createAsyncProducer()) {
      route.start();
      Feeder feeder = new Feeder(route, BatchSpans.begin(camel, null), goOn, () -> AT_ONCE);
      boolean areAllSent = feeder.sendAll(documents.iterator());
      sent = feeder.sent();
      return areAllSent;
    }
  }

  /** Answers, one by one, only while the sender waits and as many as may be are under way. */
  private static final class LateAnswers extends AsyncProcessorSupport implements Runnable {

    private final Thread sender;
    private final int documents;
    private final int atOnce;
    private final Queue<AsyncCallback> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    LateAnswers(Thread sender, int documents, int atOnce) {
      this.sender = sender;
      this.documents = documents;
      this.atOnce = atOnce;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      unanswered.add(callback);
      mostAtOnce.accumulateAndGet(unanswered.size(), Math::max);
      return false;
    }

    @Override
    public void run() {
      for (int left = documents; left > 0; left--) {
        while (sender.getState() != Thread.State.WAITING
            || unanswered.size() < Math.min(left, atOnce)) {
          Thread.onSpinWait();
        }
        unanswered.remove().done(false);
      }
    }
  }
}
