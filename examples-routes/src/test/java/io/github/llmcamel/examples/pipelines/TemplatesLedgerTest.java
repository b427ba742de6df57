/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerException;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.DocumentStages;
import io.github.llmcamel.examples.stages.StageInterceptor;
import io.github.llmcamel.examples.stages.StageInterceptor.Answers;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ledger keeps of the stages of route templates. */
class TemplatesLedgerTest {

  private static final String FACTS =
      "{\"title\":\"t\",\"date\":null,\"sender\":null,\"amount\":null,\"language\":\"en\"}";
  private static final int PIECES = 6;
  private static final String MAP_REDUCE =
      "kamelet:map-reduce?provider=vllm&maxInputTokens=20&overlapTokens=0&parallel=1";

  private final ModelServer model = new ModelServer();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final Main main = new Main();
  private Ledger ledger;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws LedgerException {
    ledger = Ledger.open(Ledger.file(folder.resolve("ledger")));
    main.configure().withRoutesIncludePattern("classpath:routes/templates/*.camel.yaml");
    main.addInitialProperty("camel.component.llm.providers[vllm].base-url", model.url());
    main.addInitialProperty("camel.component.llm.providers[vllm].model", "m");
    main.bind(
        "stages", new StageInterceptor(ledger, CallGate.OPEN, pool, false, Answers.OF_MODELS));
    main.start();
  }

  @AfterEach
  void stop() {
    main.stop();
    ledger.close();
    pool.shutdown();
    model.close();
  }

  @Test
  void onlyPiecesThatAreMissingAreAskedAboutAgain() throws Exception {
    model.answersWith(question -> question.user().contains("No. 5 ") ? "503" : "x");
    assertThat(mapReduce().getException()).hasMessageContaining("503");

    model.answersWith(question -> "x");
    Exchange exchange = mapReduce();

    assertThat(exchange.getMessage().getBody()).isEqualTo("x");
    assertThat(model.questions()).as("all once, but one twice").hasSize(PIECES + 1 + 1);
    var map = Objects.requireNonNull(stages(exchange).results().get("map"));
    assertThat(map.reused()).isEqualTo(PIECES - 1);
    assertThat(stages(exchange).results()).containsOnlyKeys("map", "reduce");
  }

  @Test
  void whatIsDoneIsNotAskedAgain() throws Exception {
    model.answersWith(question -> "x");
    mapReduce();
    int before = model.questions().size();

    assertThat(mapReduce().getMessage().getBody()).isEqualTo("x");

    assertThat(model.questions()).hasSize(before);
  }

  @Test
  void aTemplateWithinALoopIsKeptForEachRound() throws Exception {
    model.answersWith(question -> "x");
    main.getCamelContext()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:rounds").loop(2).copy().to(MAP_REDUCE).to("llm:vllm?stageName=after");
              }
            });
    ask("direct:rounds", text());
    assertThat(model.questions()).hasSize(2 * (PIECES + 1 + 1));

    ask("direct:rounds", text());

    assertThat(model.questions()).as("none is asked again").hasSize(2 * (PIECES + 1 + 1));
    assertThat(ledger.find("a.txt", "map", "round 1.round 0." + (PIECES - 1)).join()).isPresent();
    assertThat(ledger.find("a.txt", "reduce", "round 1").join()).isPresent();
    assertThat(ledger.find("a.txt", "after", "round 1").join()).isPresent();
  }

  @Test
  void aRepairIsAStageThatCounts() throws Exception {
    model.answersWith(question -> question.user().contains("Sorry.") ? FACTS : "Sorry.");
    String extract = "kamelet:extract?provider=vllm&schema=classpath:schemas/fields.json";

    Exchange exchange = ask(extract, "Dear all");

    assertThat(exchange.getMessage().getBody()).asInstanceOf(MAP).containsEntry("title", "t");
    assertThat(stages(exchange).results()).containsOnlyKeys("extract", "extract-repair");
    ask(extract, "Dear all");
    assertThat(model.questions()).as("neither is asked again").hasSize(2);
  }

  @Test
  void theNextOneIsAskedAfterAnAnswerThatIsBlank() throws Exception {
    model.answersWith(question -> model.questions().size() == 1 ? "" : "x");
    String fallback = "kamelet:fallback?first=vllm&second=vllm&prompt=classpath:prompts/map.txt";

    assertThat(ask(fallback, "Dear all").getMessage().getBody()).isEqualTo("x");
    assertThat(ask(fallback, "Dear all").getMessage().getBody()).isEqualTo("x");

    assertThat(model.questions()).as("neither is asked again").hasSize(2);
  }

  @Test
  void anAnswerOfTheLedgerSaysWhoGaveIt() throws Exception {
    model.answersWith(question -> "x");
    String fallback = "kamelet:fallback?first=vllm&second=vllm&prompt=classpath:prompts/map.txt";
    ask(fallback, "Dear all");

    Exchange exchange = ask(fallback, "Dear all");

    assertThat(model.questions()).hasSize(1);
    assertThat(exchange.getMessage().getHeader(LlmConstants.PROVIDER)).isEqualTo("vllm");
  }

  private Exchange mapReduce() throws Exception {
    return ask(MAP_REDUCE, text());
  }

  private static String text() {
    return IntStream.range(0, PIECES)
        .mapToObj("No. %d is a paragraph of about as many tokens as fit into a piece."::formatted)
        .collect(Collectors.joining("\n\n"));
  }

  private Exchange ask(String endpoint, String text) throws Exception {
    Exchange exchange = new DefaultExchange(main.getCamelContext());
    exchange.getMessage().setBody(text);
    DocumentStages.begin(exchange, "a.txt").hasText(text);
    return main.getCamelTemplate().send(endpoint, exchange);
  }

  private static DocumentStages stages(Exchange exchange) {
    return Objects.requireNonNull(DocumentStages.of(exchange));
  }
}
