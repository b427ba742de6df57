/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmEndpoint;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.pipelines.BadAnswerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Usage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {

  private static final String DOCUMENT = "a.txt";
  private static final String STAGE = "classify";
  private static final Variables MESSAGE = new Variables(null, null);

  private final CamelContext context = new DefaultCamelContext();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final MapMemory memory = new MapMemory();
  private final Model model = new Model();
  private final AtomicInteger inside = new AtomicInteger();
  private final List<@Nullable Throwable> left = new ArrayList<>();
  private final List<Spending> spent = new ArrayList<>();
  private final CallGate gate =
      request -> {
        inside.incrementAndGet();
        return (spent, failure) -> {
          inside.decrementAndGet();
          left.add(failure);
          this.spent.add(spent);
        };
      };

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
    pool.shutdownNow();
    assertThat(inside).as("calls that never left").hasValue(0);
  }

  @Test
  void aNewQuestionIsAskedAndItsAnswerIsKept() throws Exception {
    Exchange exchange = visit(exchange("Dear all"));

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isEqualTo("answer 1");
    LedgerEntry entry = entry();
    assertThat(entry.state()).isEqualTo(State.DONE);
    assertThat(entry.result()).isEqualTo("answer 1");
    assertThat(entry.attempts()).isEqualTo(1);
    assertThat(entry.question().model()).isEqualTo("demo-1");
    assertThat(entry.spent().inputTokens()).isEqualTo(7);
    assertThat(entry.finishReason()).isEqualTo("stop");
    assertThat(left).containsExactly((Throwable) null);
  }

  @Test
  void theSameQuestionIsNotAskedAgain() throws Exception {
    visit(exchange("Dear all"));

    Exchange again = visit(exchange("Dear all"));

    assertThat(model.calls).hasValue(1);
    assertThat(again.getMessage().getBody()).isEqualTo("answer 1");
    assertThat(again.getMessage().getHeader(LlmConstants.FINISH_REASON)).isEqualTo("stop");
    assertThat(again.getMessage().getHeader(LlmConstants.RESPONSE_MODEL)).isEqualTo("demo-1");
    StageResult result = Objects.requireNonNull(stages(again).results().get(STAGE));
    assertThat(result.reused()).isEqualTo(1);
    assertThat(result.calls()).isEqualTo(1);
  }

  @Test
  void anotherQuestionAboutTheSameDocumentIsAsked() throws Exception {
    visit(exchange("Dear all"));

    visit(exchange("Dear all,"));

    assertThat(model.calls).hasValue(2);
    assertThat(entry().result()).isEqualTo("answer 2");
    assertThat(entry().attempts()).isEqualTo(1);
  }

  @Test
  void anotherModelIsAnotherQuestion() throws Exception {
    visit(exchange("Dear all"));

    visit(stage("llm:simulator?model=other", null, interceptor(false)), exchange("Dear all"));

    assertThat(model.calls).hasValue(2);
  }

  @Test
  void anAnswerThatIsNoTextIsAskedForAgain() throws Exception {
    model.answer = new Object();
    visit(exchange("Dear all"));

    visit(exchange("Dear all"));

    assertThat(model.calls).hasValue(2);
    assertThat(entry().result()).isNull();
    assertThat(entry().attempts()).isEqualTo(2);
  }

  @Test
  void whatFailedInAnEarlierRunFailsAgainUnasked() throws Exception {
    visit(exchange("Dear all"));
    memory.put(entry().failed("It said nothing."));

    Exchange again = visit(exchange("Dear all"));

    assertThat(again.getException())
        .isInstanceOf(FailedBeforeException.class)
        .hasMessage("It said nothing.");
    assertThat(model.calls).hasValue(1);
    assertThat(stages(again).lastAnswer(again)).isEqualTo("answer 1");
    assertThat(stages(again).results()).containsOnlyKeys(STAGE);
  }

  @Test
  void whatFailedIsAskedAgainIfTheQuestionIsAnotherOne() throws Exception {
    visit(exchange("Dear all"));
    memory.put(entry().failed("It said nothing."));

    assertThat(visit(exchange("Dear you")).getException()).isNull();

    assertThat(entry().attempts()).isEqualTo(1);
  }

  @Test
  void whatFailedIsAskedAgainOnDemandAndItsAttemptsGoOn() throws Exception {
    visit(exchange("Dear all"));
    memory.put(entry().failed("It said nothing."));

    Stage retrying = stage("llm:simulator?model=demo", null, interceptor(true));
    assertThat(visit(retrying, exchange("Dear all")).getException()).isNull();

    assertThat(entry().state()).isEqualTo(State.DONE);
    assertThat(entry().attempts()).isEqualTo(2);
  }

  @Test
  void aFailureIsLeftToTheEndOfTheDocument() throws Exception {
    model.failure = new IllegalStateException("Too busy.");

    Exchange exchange = visit(exchange("Dear all"));

    assertThat(exchange.getException()).hasMessage("Too busy.");
    assertThat(memory.entries).isEmpty();
    assertThat(left).containsExactly(model.failure);
    assertThat(stages(exchange).ended(exchange, "Too busy.", null))
        .extracting(LedgerEntry::key, LedgerEntry::state)
        .containsExactly(tuple(STAGE, State.FAILED), tuple(LedgerEntry.WHOLE, State.FAILED));
  }

  @Test
  void ofPiecesThatAreWorkedOnAtOnceTheOneThatFailedIsBlamed() throws Exception {
    Exchange exchange = exchange("Dear all");
    model.failure = new IllegalStateException("Too busy.");
    visit(stage(), exchange);
    model.failure = null;
    Exchange piece = ExchangeHelper.createCopy(exchange, false);
    piece.setException(null);

    visit(
        new Stage(
            model, endpoint("llm:simulator?model=demo"), "other", MESSAGE, interceptor(false)),
        piece);
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT,
        new CamelExchangeException("In 3", exchange, exchange.getException()));

    assertThat(stages(exchange).ended(exchange, "Too busy.", null))
        .extracting(LedgerEntry::key, LedgerEntry::state)
        .containsExactly(tuple(STAGE, State.FAILED), tuple(LedgerEntry.WHOLE, State.FAILED));
    assertThat(stages(exchange).lastAnswer(exchange)).isNull();
    assertThat(stages(exchange).entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBlankAnswerFailsWhereItCameFromWhetherItIsNewOrKnown(boolean isKnown) throws Exception {
    model.answer = " \n";
    if (isKnown) {
      visit(exchange("Dear all"));
    }

    Exchange exchange = visit(exchange("Dear all"));

    assertThat(model.calls).hasValue(1);
    assertThat(exchange.getException())
        .isInstanceOf(BadAnswerException.class)
        .hasMessage(
            "The model was asked at the stage classify and said nothing; it ended with stop.");
    assertThat(exchange.getMessage().getBody()).as("for a repair").isEqualTo(" \n");
    assertThat(left).as("the call itself is answered").containsExactly((Throwable) null);
    assertThat(spent).singleElement().returns(7L, Spending::inputTokens);
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, exchange.getException());
    assertThat(stages(exchange).ended(exchange, "Nothing.", null).get(0))
        .returns(STAGE, LedgerEntry::key)
        .returns(State.FAILED, LedgerEntry::state)
        .returns(" \n", LedgerEntry::result);
  }

  @Test
  void anAnswerOfToolCallsAloneIsNotBlank() throws Exception {
    model.answer = "";
    model.finishReason = "tool_calls";

    assertThat(visit(exchange("Dear all")).getException()).isNull();
    assertThat(visit(exchange("Dear all")).getException()).isNull();
    assertThat(model.calls).hasValue(1);
  }

  @Test
  void aCallThatFailsCostsWhatItsProviderHadCountedBefore() throws Exception {
    LlmStreamInterruptedException broken =
        new LlmStreamInterruptedException(
            "It broke off.",
            Failure.withoutReply("simulator", URI.create("http://127.0.0.1/"), true),
            null);
    broken.initPartialResponse(
        ChatResponse.builder()
            .add(new ChatEvent.UsageReported(new Usage(40L, 2L, null, null, null, null)))
            .build());
    model.failure = broken;

    Exchange exchange =
        visit(
            stage("llm:anthropic?model=claude-haiku-4-5&apiKey=k", null, interceptor(false)),
            exchange("Dear all"));

    assertThat(stages(exchange).ended(exchange, "It broke off.", null).get(0).spent())
        .returns(40L, Spending::inputTokens)
        .returns(2L, Spending::outputTokens)
        .returns("USD", Spending::currency);
    assertThat(spent).singleElement().returns(40L, Spending::inputTokens);
  }

  @Test
  void attemptsOfOneRunAreCounted() throws Exception {
    Exchange exchange = exchange("Dear all");
    model.failure = new IllegalStateException("Too busy.");
    visit(stage(), exchange);
    exchange.setException(null);
    model.failure = null;

    visit(stage(), exchange);

    assertThat(entry().attempts()).isEqualTo(2);
  }

  @Test
  void whatFailsBeforeAStageIsAskedIsNotTheFaultOfTheOneBefore() throws Exception {
    Exchange exchange = visit(exchange("Dear all"));
    exchange.getMessage().setBody(null);

    visit(stage(), exchange);

    assertThat(exchange.getException()).isNotNull();
    assertThat(stages(exchange).ended(exchange, "Nothing to ask.", null))
        .extracting(LedgerEntry::key)
        .containsExactly(LedgerEntry.WHOLE);
  }

  @Test
  void theExchangeGoesOnOnlyOnceItsAnswerIsSafe() throws Exception {
    CompletableFuture<Void> written = new CompletableFuture<>();
    memory.recordsAfter = written;
    Visitor visitor = new Visitor();

    stage().process(exchange("Dear all"), visitor);

    assertThat(model.answered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(visitor.times).hasValue(0);
    written.complete(null);
    visitor.await();
    assertThat(memory.entries).hasSize(1);
  }

  @Test
  void nobodyWaitsForTheMemory() throws Exception {
    CompletableFuture<Void> found = new CompletableFuture<>();
    memory.findsAfter = found;
    Visitor visitor = new Visitor();

    assertThat(stage().process(exchange("Dear all"), visitor)).isFalse();

    assertThat(model.calls).hasValue(0);
    found.complete(null);
    visitor.await();
    assertThat(model.calls).hasValue(1);
  }

  @Test
  void aMemoryThatFailsFailsTheExchange() throws Exception {
    memory.findsAfter = CompletableFuture.failedFuture(new IllegalStateException("Gone."));
    assertThat(visit(exchange("Dear all")).getException()).hasMessage("Gone.");
    assertThat(model.calls).hasValue(0);

    memory.findsAfter = null;
    memory.recordsAfter = CompletableFuture.failedFuture(new IllegalStateException("Full."));
    assertThat(visit(exchange("Dear all")).getException()).hasMessage("Full.");
    assertThat(model.calls).hasValue(1);

    memory.recordsAfter = CompletableFuture.failedFuture(new StackOverflowError("Deep."));
    assertThat(visit(exchange("Dear all")).getException()).hasRootCauseMessage("Deep.");
  }

  @Test
  void aMemoryThatThrowsFailsTheExchange() throws Exception {
    StageMemory broken =
        new StageMemory() {
          @Override
          public CompletableFuture<Optional<LedgerEntry>> find(
              String document, String stage, String part) {
            throw new IllegalStateException("Broken.");
          }

          @Override
          public CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> entries) {
            throw new IllegalStateException("Broken.");
          }
        };
    Stage stage = stage(broken, gate, pool);

    assertThat(visit(stage, exchange("Dear all")).getException()).hasMessage("Broken.");
  }

  @Test
  void aPoolThatRefusesFailsTheExchange() throws Exception {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("No more.");
        };

    Exchange exchange = visit(stage(memory, gate, refusing), exchange("Dear all"));

    assertThat(exchange.getException()).hasMessage("No more.");
  }

  @Test
  void aGateThatIsClosedFailsTheExchange() throws Exception {
    CallGate closed =
        request -> {
          throw new BudgetSpentException("Spent.");
        };

    Exchange exchange = visit(stage(memory, closed, pool), exchange("Dear all"));

    assertThat(exchange.getException()).isInstanceOf(BudgetSpentException.class);
    assertThat(model.calls).hasValue(0);
    assertThat(memory.entries).isEmpty();
  }

  @Test
  void aGateThatFailsWhenItIsLeftFailsTheExchange() throws Exception {
    CallGate bad =
        request ->
            (spent, failure) -> {
              throw new IllegalStateException("Bad gate.");
            };

    Exchange exchange = visit(stage(memory, bad, pool), exchange("Dear all"));

    assertThat(exchange.getException()).hasMessage("Bad gate.");
  }

  @Test
  void aKnownAnswerPassesAClosedGate() throws Exception {
    visit(exchange("Dear all"));
    CallGate closed =
        request -> {
          throw new BudgetSpentException("Spent.");
        };

    Exchange again = visit(stage(memory, closed, pool), exchange("Dear all"));

    assertThat(again.getException()).isNull();
    assertThat(again.getMessage().getBody()).isEqualTo("answer 1");
  }

  @Test
  void anAnswerThatGoesIntoAVariableComesBackThere() throws Exception {
    model.variable = "label";
    Stage stage = stage("llm:simulator?model=demo", "label", interceptor(false));
    visit(stage, exchange("Dear all"));

    Exchange again = visit(stage, exchange("Dear all"));

    assertThat(model.calls).hasValue(1);
    assertThat(entry().spent().inputTokens()).isEqualTo(7);
    assertThat(again.getVariable("label")).isEqualTo("answer 1");
    assertThat(again.getVariable("header:label." + LlmConstants.FINISH_REASON)).isEqualTo("stop");
    assertThat(again.getVariable("header:label." + LlmConstants.RESPONSE_MODEL))
        .isEqualTo("demo-1");
    assertThat(again.getMessage().getBody()).isEqualTo("Dear all");
    assertThat(again.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void anExchangeAboutNoDocumentPasses() throws Exception {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody("Hi");

    visit(stage(), exchange);

    assertThat(exchange.getMessage().getBody()).isEqualTo("answer 1");
    assertThat(memory.entries).isEmpty();
    assertThat(left).isEmpty();
  }

  @Test
  void aCallThatMustWaitGoesOutOnceAnotherOneHasEnded() throws Exception {
    AtomicInteger out = new AtomicInteger();
    CountDownLatch waits = new CountDownLatch(1);
    CallGate oneAtATime =
        request -> {
          if (!out.compareAndSet(0, 1)) {
            waits.countDown();
            return null;
          }
          return (spent, failure) -> out.set(0);
        };
    StageInterceptor shared =
        new StageInterceptor(memory, oneAtATime, pool, false, StageInterceptor.Answers.OF_MODELS);
    Held held = new Held();
    Stage holding = new Stage(held, endpoint("llm:simulator?model=demo"), "held", MESSAGE, shared);
    Visitor first = new Visitor();
    holding.process(exchange("Dear all"), first);
    assertThat(held.asked.await(10, TimeUnit.SECONDS)).isTrue();
    Visitor second = new Visitor();

    stage("llm:simulator?model=demo", null, shared).process(exchange("Dear all"), second);

    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
    AsyncCallback answered = Objects.requireNonNull(held.callback);
    assertThat(model.calls).hasValue(0);
    answered.done(false);
    first.await();
    second.await();
    assertThat(model.calls).hasValue(1);
    assertThat(out).hasValue(0);
  }

  @Test
  void aPassIsGivenBackWhereTheExchangeCannotGoOn() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    Executor refusing =
        task -> {
          if (tasks.incrementAndGet() > 1) { // the first one is what the memory knows
            throw new RejectedExecutionException("No more.");
          }
          task.run();
        };

    Exchange exchange = visit(stage(memory, gate, refusing), exchange("Dear all"));

    assertThat(exchange.getException()).hasMessage("No more.");
    assertThat(left).containsExactly(exchange.getException());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModelThatCallsBackTwiceOrThrowsEndsTheVisitOnce(boolean throwsToo) throws Exception {
    Stage twice =
        new Stage(
            new AsyncProcessorSupport() {
              @Override
              public boolean process(Exchange exchange, AsyncCallback callback) {
                callback.done(false);
                callback.done(false);
                if (throwsToo) {
                  throw new IllegalStateException("Bad node.");
                }
                return false;
              }
            },
            endpoint("llm:simulator?model=demo"),
            STAGE,
            MESSAGE,
            interceptor(false));
    Visitor visitor = new Visitor();

    twice.process(exchange("Dear all"), visitor);

    visitor.await();
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(visitor.times).hasValue(1);
  }

  @Test
  void aStageIsNotNamedLikeAllStagesTogether() throws Exception {
    context.getCamelContextExtension().addInterceptStrategy(interceptor(false));

    assertThatThrownBy(
            () ->
                context.addRoutes(
                    new RouteBuilder() {
                      @Override
                      public void configure() {
                        from("direct:start").to("llm:simulator?model=demo&stageName=document");
                      }
                    }))
        .hasStackTraceContaining("Give it another name");
  }

  private Exchange visit(Exchange exchange) throws Exception {
    return visit(stage(), exchange);
  }

  private static Exchange visit(Stage stage, Exchange exchange) throws Exception {
    Visitor visitor = new Visitor();
    stage.process(exchange, visitor);
    visitor.await();
    return exchange;
  }

  private Exchange exchange(String text) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(text);
    DocumentStages.begin(exchange, DOCUMENT).hasText(text);
    return exchange;
  }

  private static DocumentStages stages(Exchange exchange) {
    return Objects.requireNonNull(DocumentStages.of(exchange));
  }

  private LedgerEntry entry() {
    return Objects.requireNonNull(memory.get(DOCUMENT, STAGE, ""));
  }

  private Stage stage() {
    return stage("llm:simulator?model=demo", null, interceptor(false));
  }

  private Stage stage(String uri, @Nullable String variable, StageInterceptor shared) {
    return new Stage(model, endpoint(uri), STAGE, new Variables(null, variable), shared);
  }

  private Stage stage(StageMemory remembering, CallGate before, Executor after) {
    return stage(
        "llm:simulator?model=demo",
        null,
        new StageInterceptor(
            remembering, before, after, false, StageInterceptor.Answers.OF_MODELS));
  }

  private StageInterceptor interceptor(boolean retriesFailed) {
    return new StageInterceptor(
        memory, gate, pool, retriesFailed, StageInterceptor.Answers.OF_MODELS);
  }

  private LlmEndpoint endpoint(String uri) {
    return context.getEndpoint(uri, LlmEndpoint.class);
  }

  /** Stands for the node that asks, and numbers its answers. */
  private static final class Model extends AsyncProcessorSupport {
    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch answered = new CountDownLatch(1);
    volatile @Nullable Object answer;
    volatile @Nullable Exception failure;
    volatile String finishReason = "stop";
    volatile @Nullable String variable;

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      int call = calls.incrementAndGet();
      if (failure != null) {
        exchange.setException(failure);
      } else {
        answer(exchange, answer == null ? "answer " + call : answer);
      }
      callback.done(true);
      answered.countDown();
      return true;
    }

    private void answer(Exchange exchange, @Nullable Object text) {
      String name = variable;
      if (name == null) {
        exchange.getMessage().setBody(text);
      } else {
        exchange.setVariable(name, text);
      }
      set(exchange, LlmConstants.FINISH_REASON, finishReason);
      set(exchange, LlmConstants.RESPONSE_MODEL, "demo-1");
      set(exchange, LlmConstants.INPUT_TOKENS, 7L);
      set(exchange, LlmConstants.OUTPUT_TOKENS, 3L);
    }

    private void set(Exchange exchange, String header, Object value) {
      if (variable == null) {
        exchange.getMessage().setHeader(header, value);
      } else {
        exchange.setVariable("header:" + variable + "." + header, value);
      }
    }
  }

  /** Stands for a node whose model has not answered yet. */
  private static final class Held extends AsyncProcessorSupport {
    final CountDownLatch asked = new CountDownLatch(1);
    volatile @Nullable AsyncCallback callback;

    @Override
    public boolean process(Exchange exchange, AsyncCallback answered) {
      callback = answered;
      asked.countDown();
      return false;
    }
  }

  /** Counts how often an exchange goes on. */
  private static final class Visitor implements AsyncCallback {
    final AtomicInteger times = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void done(boolean doneSync) {
      times.incrementAndGet();
      over.countDown();
    }

    void await() throws InterruptedException {
      assertThat(over.await(10, TimeUnit.SECONDS)).as("the exchange went on").isTrue();
      assertThat(times).hasValue(1);
    }
  }
}
