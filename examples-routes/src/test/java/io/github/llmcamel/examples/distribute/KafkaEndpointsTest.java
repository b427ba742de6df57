/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.ConsumerGroupState;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the endpoints that come with this example promise, whatever a worker does with messages. */
@Timeout(120)
class KafkaEndpointsTest {

  private static final int CONSUMERS = 4;
  private static final List<String> KEYS = numbers(24);
  private static final List<String> MESSAGES = numbers(10);
  private static final int ALL = KEYS.size() * MESSAGES.size();

  @RegisterExtension private static final RunningKafka KAFKA = new RunningKafka();

  private final Queue<Begun> begun = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicBoolean once = new AtomicBoolean();
  private final CountDownLatch slow = new CountDownLatch(1);
  private final Semaphore turns = new Semaphore(0);
  private final List<Main> processes = new ArrayList<>();
  private String prefix = "";

  private record Begun(String key, String message) {}

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    prefix = test.getTestMethod().orElseThrow().getName() + "-";
    System.setProperty("distribute.prefix", prefix);
    System.setProperty("distribute.alive", "heartbeatIntervalMs=100"); // Hears of others at once.
    Distribution.of(KAFKA.where()).prepare();
  }

  @AfterEach
  void stop() {
    slow.countDown();
    turns.release(ALL);
    processes.forEach(Main::stop);
    System.clearProperty("distribute.prefix");
    System.clearProperty("distribute.alive");
  }

  @Test
  void eachMessageIsWorkedOnOnceAndInTheOrderOfItsKeyWhileWorkersComeAndGo() throws Exception {
    Main first = worker(CONSUMERS, this::awaitTurn);
    soon().until(() -> isGroup(ConsumerGroupState.STABLE, CONSUMERS));
    send(first);
    soon().until(() -> begun.size() == CONSUMERS);

    Main second = worker(CONSUMERS, this::awaitTurn);
    soon().until(() -> isGroup(ConsumerGroupState.PREPARING_REBALANCE, 2 * CONSUMERS));
    soon()
        .alias("what is done is committed, though partitions wait for the slow one")
        .during(Duration.ofSeconds(1))
        .until(this::isCommittedWhatIsDone);
    slow.countDown();
    turns.release(ALL / 2);
    soon().until(() -> begun.size() > ALL / 2);
    CompletableFuture<Void> end = CompletableFuture.runAsync(first::stop);
    soon().until(() -> !first.getCamelContext().isStarted());
    turns.release(ALL / 2);
    end.get();

    soon().until(() -> begun.size() >= ALL);
    second.stop();
    assertThat(messages())
        .hasSize(KEYS.size())
        .allSatisfy((key, its) -> assertThat(its).isEqualTo(MESSAGES));
  }

  @Test
  void aMessageThatComesAgainComesBeforeTheNextOfItsKey() throws Exception {
    Main worker =
        worker(
            1,
            exchange -> {
              if (begun.size() == 2 && once.compareAndSet(false, true)) {
                throw new IllegalStateException("not committed");
              }
            });

    for (String message : List.of("a", "b", "c")) {
      send(worker, "key", message);
    }

    soon().until(() -> begun.size() >= 4);
    assertThat(messages()).containsExactly(entry("key", List.of("a", "b", "b", "c")));
  }

  private Main worker(int consumers, Processor work) {
    Main main = new Main();
    main.configure().withRoutesIncludePattern("false");
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                errorHandler(noErrorHandler());
                from("{{batch.documents}}")
                    .process(exchange -> begin(exchange))
                    .process(work)
                    .process(exchange -> done.incrementAndGet());
              }
            });
    Distribution.of(KAFKA.where()).addTo(main, "nobody", consumers);
    main.start();
    processes.add(main);
    return main;
  }

  private void begin(Exchange exchange) {
    begun.add(
        new Begun(
            exchange.getMessage().getHeader(MessageHeaders.KAFKA_KEY, String.class),
            exchange.getMessage().getBody(String.class)));
  }

  private Map<String, List<String>> messages() {
    return begun.stream().collect(groupingBy(Begun::key, mapping(Begun::message, toList())));
  }

  private static void send(Main process) throws Exception {
    for (String message : MESSAGES) {
      for (String key : KEYS) {
        send(process, key, message);
      }
    }
  }

  private static void send(Main process, String key, String message) throws Exception {
    process
        .getCamelTemplate()
        .sendBodyAndHeader("{{batch.documents}}", message, MessageHeaders.KAFKA_KEY, key);
  }

  /** The first message is a slow one. */
  private void awaitTurn(Exchange exchange) throws InterruptedException {
    if (once.compareAndSet(false, true)) {
      slow.await();
    } else {
      turns.acquire();
    }
  }

  /** And lets one of those go on that wait, if there is any. */
  private boolean isCommittedWhatIsDone() throws Exception {
    boolean isCommitted = KAFKA.committed(group()) == done.get();
    turns.release();
    return isCommitted;
  }

  private boolean isGroup(ConsumerGroupState state, int consumers) throws Exception {
    ConsumerGroupDescription group = KAFKA.group(group());
    return group.state() == state && group.members().size() == consumers;
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)); // Machines that test are busy.
  }

  private String group() {
    return prefix + "workers";
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
