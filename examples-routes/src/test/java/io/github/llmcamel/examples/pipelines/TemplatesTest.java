/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.examples.documents.Document;
import io.github.llmcamel.examples.documents.DocumentSource;
import io.github.llmcamel.examples.pipelines.ModelServer.Question;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route templates, as a user's route calls them. */
class TemplatesTest {

  private static final String FACTS =
      "{\"title\":\"t\",\"date\":null,\"sender\":null,\"amount\":null,\"language\":\"en\"}";
  private static final String CLASSIFY = "kamelet:classify?provider=vllm&labels=invoice, e-mail";
  private static final String EXTRACT =
      "kamelet:extract?provider=vllm&schema=classpath:schemas/fields.json";
  private static final String MAP_REDUCE =
      "kamelet:map-reduce?provider=vllm&overlapTokens=0&parallel=3&maxInputTokens=";
  private static final String FALLBACK =
      "kamelet:fallback?first=vllm&second=lmstudio&prompt=classpath:prompts/summarise.txt";

  private final ModelServer model = new ModelServer();
  private final ModelServer second = new ModelServer();
  private final Main main = new Main();
  private ProducerTemplate template;

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    main.configure().withRoutesIncludePattern("classpath:routes/templates/*.camel.yaml");
    provider("vllm", model);
    provider("lmstudio", second);
    main.start();
    template = main.getCamelContext().createProducerTemplate();
  }

  private void provider(String name, ModelServer server) {
    String prefix = "camel.component.llm.providers[%s].".formatted(name);
    main.addInitialProperty(prefix + "base-url", server.url());
    main.addInitialProperty(prefix + "model", "m");
  }

  @AfterEach
  void stop() {
    main.stop();
    model.close();
    second.close();
  }

  @Test
  void classifyOffersTheLabelsAndTakesOneOfThem() {
    model.answersWith(question -> "It is an **Invoice**.");

    assertThat(ask(CLASSIFY, "Total: 1 €").getMessage().getBody()).isEqualTo("invoice");
    assertThat(model.questions()).hasSize(1);
    assertThat(model.questions().get(0).system()).contains("as one of: invoice, e-mail.");
    assertThat(model.questions().get(0).user()).isEqualTo("Total: 1 €");
  }

  @Test
  void classifyTakesWhatIsNoLabelForOther() {
    model.answersWith(question -> "A poem.");

    assertThat(ask(CLASSIFY, "Roses are red").getMessage().getBody()).isEqualTo("other");
  }

  @Test
  void extractMakesAMapOfAnAnswerThatFits() {
    model.answersWith(question -> FACTS);

    assertThat(ask(EXTRACT, "Dear all").getMessage().getBody())
        .asInstanceOf(MAP)
        .containsEntry("title", "t");
    assertThat(model.questions()).hasSize(1);
  }

  @Test
  void extractAsksOnceMoreAndShowsWhatWasWrong() {
    model.answersWith(question -> question.user().contains("Dear all\n\n") ? FACTS : "{}");

    assertThat(ask(EXTRACT, "Dear all").getMessage().getBody())
        .asInstanceOf(MAP)
        .containsEntry("title", "t");
    assertThat(model.questions()).extracting(Question::system).hasSize(2).containsOnly(system(0));
    assertThat(model.questions().get(1).user())
        .contains("Dear all", "\n\n{}\n\n", "required property 'title' not found");
  }

  @Test
  void extractAsksNoThirdTime() {
    model.answersWith(question -> "Sorry.");

    assertThat(ask(EXTRACT, "Dear all").getException()).isInstanceOf(BadAnswerException.class);
    assertThat(model.questions()).hasSize(2);
  }

  @Test
  void summariseSendsAShortTextAsItIs() {
    model.answersWith(question -> "In short.");

    assertThat(ask("kamelet:summarise?provider=vllm", "Dear all").getMessage().getBody())
        .isEqualTo("In short.");
    assertThat(model.questions()).extracting(Question::user).containsExactly("Dear all");
  }

  @Test
  void summariseSummarisesALongTextPieceByPiece() {
    model.answersWith(question -> "Short.");

    ask("kamelet:summarise?provider=vllm&maxInputTokens=1000", paragraphs(200));

    int pieces = model.questions().size() - 1;
    assertThat(pieces).isGreaterThan(1);
    assertThat(model.questions().subList(0, pieces))
        .allMatch(question -> question.system().contains("a part of a long document"));
    assertThat(model.questions().get(pieces).system()).contains("in one sentence");
    assertThat(model.questions().get(pieces).user())
        .isEqualTo(String.join("\n\n", Collections.nCopies(pieces, "Short.")));
  }

  @Test
  void answersAboutPiecesAreInTheOrderOfThePieces() {
    CountDownLatch others = new CountDownLatch(2);
    model.answersWith(
        question -> {
          if (question.user().contains("No. 0 ")) {
            awaitZero(others);
          }
          others.countDown();
          return isReduce(question) ? "end" : question.user().replaceAll("\\D+", "n");
        });

    ask(MAP_REDUCE + "20", paragraphs(5));

    assertThat(last().user().split("\n\n")).containsExactly("n0n", "n1n", "n2n", "n3n", "n4n");
  }

  @Test
  void onlySomePiecesAreAskedAboutAtOnce() {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    model.answersWith(
        question -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          awaitZero(open);
          atOnce.decrementAndGet();
          return "x";
        });
    Exchange exchange = exchange(paragraphs(20));
    send(MAP_REDUCE + "16", exchange);
    await().until(() -> model.questions().size() == 3);

    open.countDown();

    await().until(() -> "x".equals(exchange.getMessage().getBody()));
    assertThat(model.questions()).hasSizeGreaterThan(20);
    assertThat(most).hasValue(3);
  }

  @Test
  void answersThatAreTooLongTogetherAreCutAgain() {
    model.answersWith(question -> isReduce(question) ? "end" : "A" + question.user().length());

    Exchange exchange = ask(MAP_REDUCE + "16", paragraphs(30));

    assertThat(exchange.getMessage().getBody()).isEqualTo("end");
    assertThat(last().user().length()).isLessThan(100);
  }

  @Test
  void aModelThatMakesNothingShorterIsGivenUp() {
    model.answersWith(Question::user);

    assertThat(ask(MAP_REDUCE + "16&maxRounds=2", paragraphs(3)).getException())
        .isInstanceOf(BadAnswerException.class)
        .hasMessageStartingWith("After 2 rounds the answers about the pieces still have ");
    assertThat(model.questions()).noneMatch(TemplatesTest::isReduce);
  }

  @Test
  void aPieceThatFailsIsTheFailureOfTheWholeAlsoInTheLastRound() {
    CountDownLatch open = new CountDownLatch(1);
    model.answersWith(
        question -> {
          if (question.user().contains("No. 2 ")) {
            return "429";
          }
          awaitZero(open);
          return "x";
        });

    Exchange failed = ask(MAP_REDUCE + "20&maxRounds=1", paragraphs(100));
    open.countDown();

    assertThat(failed.getException())
        .isInstanceOfSatisfying(
            LlmRateLimitException.class, e -> assertThat(e.isRetryable()).isTrue());
    assertThat(failed.getExchangeExtension().isRedeliveryExhausted()).isFalse();
    assertThat(model.questions()).as("nothing more is asked").hasSizeLessThan(10);
  }

  @Test
  void aDocumentIsReadPieceByPiece() throws IOException {
    Path file = folder.resolve("long.txt");
    try (BufferedWriter text = Files.newBufferedWriter(file)) {
      for (int i = 0; i < 20; i++) {
        text.write("A line of a long log, which nobody reads.\n".repeat(1000));
      }
    }
    model.answersWith(question -> "x");

    Exchange exchange = ask("kamelet:map-reduce?provider=vllm", document(file));

    assertThat(exchange.getMessage().getBody()).isEqualTo("x");
    assertThat(model.questions()).hasSizeBetween(40, 60);
  }

  @Test
  void judgeShowsTheAnswerAndTakesAVerdict() {
    model.answersWith(question -> "{\"verdict\":\"bad\",\"score\":2,\"reason\":\"It is.\"}");
    Exchange exchange = exchange("Dear all");
    exchange.setVariable("summary", "To whom it may concern");

    Exchange judged = template.send("kamelet:judge?provider=vllm&of=summary", exchange);

    assertThat(judged.getMessage().getBody())
        .asInstanceOf(MAP)
        .containsEntry("verdict", "bad")
        .containsEntry("score", 2);
    assertThat(system(0)).contains("To whom it may concern");
  }

  @Test
  void fallbackAsksTheNextOneAndSaysWhoAnswered() {
    model.answersWith(question -> "503");
    second.answersWith(question -> "In short.");

    Exchange exchange = ask(FALLBACK, "Dear all");

    assertThat(exchange.getMessage().getBody()).isEqualTo("In short.");
    assertThat(exchange.getMessage().getHeader(LlmConstants.PROVIDER)).isEqualTo("lmstudio");
  }

  @Test
  void fallbackAsksNobodyElseWhatIsWrongInItself() {
    model.answersWith(question -> "400");

    assertThat(ask(FALLBACK, "Dear all").getException()).isInstanceOf(LlmRequestException.class);
    assertThat(second.questions()).isEmpty();
  }

  @Test
  void fallbackFailsAsTheLastOneDid() {
    model.answersWith(question -> "503");
    second.answersWith(question -> "429");

    assertThat(ask(FALLBACK, "Dear all").getException()).isInstanceOf(LlmRateLimitException.class);
    assertThat(second.questions()).as("by default once more").hasSize(2);
  }

  @Test
  void anotherTemplateLanguageCanMakeThePrompt() throws Exception {
    main.getCamelContext()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:reply")
                    .setVariable("label", constant("letter"))
                    .toV("mustache:prompts/reply.mustache", null, "prompt")
                    .setHeader(LlmConstants.SYSTEM_MESSAGE, variable("prompt"))
                    .toV("llm:vllm?stageName=reply&promptVersion=reply-3", null, "reply");
              }
            });
    model.answersWith(question -> "Thanks.");

    Exchange exchange = ask("direct:reply", "Dear all");

    assertThat(model.questions())
        .containsExactly(
            new Question(
                "You answer letters. This one is of the kind: letter. Reply in its language.\n",
                "Dear all"));
    assertThat(exchange.getVariable("reply")).isEqualTo("Thanks.");
    assertThat(exchange.getVariable("header:reply." + LlmConstants.PROMPT_VERSION))
        .isEqualTo("reply-3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {CLASSIFY, EXTRACT, MAP_REDUCE + "16", FALLBACK, "kamelet:summarise?provider=vllm"})
  void noTemplateOccupiesTheCallersThread(String endpoint) {
    CountDownLatch open = new CountDownLatch(1);
    model.answersWith(
        question -> {
          awaitZero(open);
          return FACTS;
        });

    assertThat(send(endpoint, exchange("Dear all"))).as("done at once").isFalse();

    open.countDown();
  }

  private boolean send(String endpoint, Exchange exchange) {
    try {
      AsyncProducer producer = main.getCamelContext().getEndpoint(endpoint).createAsyncProducer();
      producer.start();
      return producer.process(exchange, doneSync -> {});
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Exchange ask(String endpoint, Object body) {
    return template.send(endpoint, exchange(body));
  }

  private Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(main.getCamelContext());
    exchange.getMessage().setBody(body);
    return exchange;
  }

  private static Document document(Path file) throws IOException {
    try (DocumentSource documents = DocumentSource.of(List.of(file.toString()))) {
      return documents.next();
    }
  }

  private String system(int question) {
    return model.questions().get(question).system();
  }

  private Question last() {
    return model.questions().get(model.questions().size() - 1);
  }

  private static boolean isReduce(Question question) {
    return question.system().contains("in one sentence");
  }

  private static String paragraphs(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "No. %d is a paragraph of about as many tokens as fit into one piece.".formatted(i))
        .collect(Collectors.joining("\n\n"));
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
