/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.StageMemory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stages in routes, with the simulator. */
class StageRouteTest {

  private static final String ASK = "llm:simulator?model=demo";

  private final CamelContext context = new DefaultCamelContext();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final MapMemory memory = new MapMemory();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Integer> bytes = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    bind(context, memory);
    context.start();
  }

  private void bind(CamelContext context, StageMemory memory) {
    CallGate counting =
        request -> {
          calls.incrementAndGet();
          bytes.add(request.bytes());
          return (spent, failure) -> {};
        };
    context
        .getCamelContextExtension()
        .addInterceptStrategy(
            new StageInterceptor(
                memory, counting, pool, false, StageInterceptor.Answers.OF_MODELS));
  }

  @AfterEach
  void stop() {
    context.stop();
    pool.shutdownNow();
  }

  @Test
  void anAnswerLooksTheSameTheSecondTimeInTheBody() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to(ASK).id("ask");
          }
        });
    Exchange first = send();

    Exchange second = send();

    assertThat(calls).hasValue(1);
    assertThat(second.getMessage().getBody()).isEqualTo(first.getMessage().getBody());
    for (String header : List.of(LlmConstants.FINISH_REASON, LlmConstants.RESPONSE_MODEL)) {
      assertThat(second.getMessage().getHeader(header))
          .isNotNull()
          .isEqualTo(first.getMessage().getHeader(header));
    }
  }

  @Test
  void anAnswerLooksTheSameTheSecondTimeInAVariable() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").toV(ASK + "&stageName=label", null, "answer");
          }
        });
    Exchange first = send();

    Exchange second = send();

    assertThat(calls).hasValue(1);
    assertThat(memory.get("a.txt", "label", "")).isNotNull();
    assertThat(second.getMessage().getBody()).isEqualTo(first.getMessage().getBody());
    assertThat(second.getMessage().getHeaders()).isEqualTo(first.getMessage().getHeaders());
    for (String variable :
        List.of(
            "answer",
            "header:answer." + LlmConstants.FINISH_REASON,
            "header:answer." + LlmConstants.RESPONSE_MODEL)) {
      assertThat(second.getVariable(variable)).isNotNull().isEqualTo(first.getVariable(variable));
    }
  }

  @Test
  void anotherVariableIsAnotherQuestion() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start")
                .setVariable("question", header("question"))
                .toV(ASK + "&stageName=reply", "question", "answer");
          }
        });

    Exchange first = send(context, "Dear all", "Which language is it?");
    send(context, "Dear all", "Which language is it?");
    assertThat(calls).hasValue(1);
    Exchange other = send(context, "Dear all", "Who has written it, and when?");

    assertThat(calls).hasValue(2);
    assertThat(other.getVariable("answer")).isNotEqualTo(first.getVariable("answer"));
    assertThat(bytes).as("what is estimated").hasSize(2).doesNotHaveDuplicates();
    assertThat(other.getMessage().getBody()).isEqualTo("Dear all");
  }

  @Test
  void thePiecesOfASplitterThatWorksInParallelAreEachKept() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").split(body().tokenize(" ")).parallelProcessing().to(ASK).id("ask");
          }
        });
    Exchange first = send();

    Exchange second = send();

    assertThat(calls).hasValue(3);
    assertThat(first.getException()).isNull();
    assertThat(memory.entries.values())
        .extracting(LedgerEntry::part)
        .containsExactlyInAnyOrder("0", "1", "2");
    StageResult again =
        Objects.requireNonNull(
            Objects.requireNonNull(DocumentStages.of(second)).results().get("ask"));
    assertThat(again.reused()).isEqualTo(3);
  }

  @Test
  void theRoundsOfALoopAreEachKept() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").loop(3).to(ASK).id("ask");
          }
        });
    Exchange first = send();

    Exchange second = send();

    assertThat(calls).hasValue(3);
    assertThat(second.getMessage().getBody()).isEqualTo(first.getMessage().getBody());
    assertThat(memory.entries.values())
        .extracting(LedgerEntry::part)
        .containsExactlyInAnyOrder("round 0", "round 1", "round 2");
  }

  @Test
  void thePiecesOfASplitterWithinAnotherOneAreEachKept() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start")
                .split(body().tokenize(" "))
                .parallelProcessing()
                .split(body().tokenize("-"))
                .to(ASK)
                .id("word")
                .end()
                .to(ASK)
                .id("piece")
                .end()
                .to(ASK)
                .id("whole");
          }
        });
    send("a-b c-d-e");

    send("a-b c-d-e");

    assertThat(calls).as("none twice").hasValue(5 + 2 + 1);
    assertThat(parts("word")).containsExactlyInAnyOrder("0.0", "0.1", "1.0", "1.1", "1.2");
    assertThat(parts("piece")).containsExactlyInAnyOrder("0", "1");
    assertThat(parts("whole")).containsExactly("");
  }

  @Test
  void roundsWithinPiecesWithinRoundsAreEachKept() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start")
                .loop(2)
                .split(body().tokenize(" "))
                .loop(2)
                .to(ASK)
                .id("inner")
                .end()
                .to(ASK)
                .id("piece")
                .end()
                .to(ASK)
                .id("outer");
          }
        });
    send("a b");
    int first = calls.get();

    send("a b");

    assertThat(calls).as("none twice").hasValue(first);
    assertThat(parts("outer")).containsExactlyInAnyOrder("round 0", "round 1");
    assertThat(parts("piece")).contains("round 0.0", "round 0.1", "round 1.0");
    assertThat(parts("inner"))
        .contains("round 0.0.round 0", "round 0.0.round 1", "round 0.1.round 0");
    assertThat(memory.entries).as("an entry for each call").hasSize(first);
  }

  @Test
  void aLaterNodeThatIsTriedAgainDoesNotAskAgain() throws Exception {
    AtomicInteger times = new AtomicInteger();
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            onException(IllegalStateException.class).maximumRedeliveries(3).redeliveryDelay(0);
            from("direct:start").to(ASK).id("ask").process(exchange -> fail(times));
          }
        });

    assertThat(send().getException()).isNull();

    assertThat(times).hasValue(2);
    assertThat(calls).hasValue(1); // What failed is another node.
  }

  @Test
  void withoutAMemoryOnlyThePieceThatWasRefusedIsAskedAgain() throws Exception {
    CamelContext worker = new DefaultCamelContext();
    try {
      bind(worker, StageMemory.NONE);
      worker.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:start")
                  .onException(LlmServerException.class)
                  .maximumRedeliveries(1)
                  .redeliveryDelay(0)
                  .end()
                  .to("direct:pieces");
              from("direct:pieces")
                  .errorHandler(noErrorHandler())
                  .split(body().tokenize(" "))
                  .stopOnException()
                  .to(ASK + "&extra.failEvery=3")
                  .id("ask");
            }
          });
      worker.start();

      Exchange exchange = send(worker, "one two three", "");

      assertThat(exchange.getException()).isNull();
      assertThat(calls).hasValue(4);
      DocumentStages document = Objects.requireNonNull(DocumentStages.of(exchange));
      assertThat(document.results().get("ask")).returns(4, StageResult::calls);
      assertThat(document.entries()).as("what is handed over of pieces").isEmpty();
    } finally {
      worker.stop();
    }
  }

  private static void fail(AtomicInteger times) {
    if (times.incrementAndGet() == 1) {
      throw new IllegalStateException("Again.");
    }
  }

  @Test
  void anExchangeAboutNoDocumentIsAskedEachTime() throws Exception {
    run(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to(ASK).id("ask");
          }
        });
    for (int i = 0; i < 2; i++) {
      assertThat(
              context
                  .createProducerTemplate()
                  .send("direct:start", exchange -> exchange.getMessage().setBody("Hello"))
                  .getException())
          .isNull();
    }

    assertThat(memory.entries).isEmpty();
    assertThat(calls).hasValue(0); // No gate counts them either.
  }

  private void run(RouteBuilder route) throws Exception {
    context.addRoutes(route);
  }

  private List<String> parts(String stage) {
    return memory.entries.values().stream()
        .filter(entry -> entry.stage().equals(stage))
        .map(LedgerEntry::part)
        .toList();
  }

  private Exchange send() {
    return send("one two three");
  }

  private Exchange send(String text) {
    return send(context, text, "");
  }

  private static Exchange send(CamelContext context, String text, String question) {
    return context
        .createProducerTemplate()
        .send(
            "direct:start",
            exchange -> {
              exchange.getMessage().setBody(text);
              exchange.getMessage().setHeader("question", question);
              DocumentStages.begin(exchange, "a.txt");
            });
  }
}
