/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.testkit.GeneratedTable;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/emitted.md} lists what a run emits that sets everything, of every operation, and with
 * every class of endings: no name more and no name less. {@code EveryEndingTest} looks at every
 * ending itself.
 */
class EmittedNamesTest {

  private static final String ALL_OPTIONS =
      "&maxTokens=100&temperature=0.5&topP=0.9&topK=10&stop=END&frequencyPenalty=0.1"
          + "&presencePenalty=0.2&seed=42&choiceCount=2&reasoningEffort=low&responseFormat=json"
          + "&systemMessage=Be short.&stageName=answer";
  private static final String EMBEDDINGS =
      "openai?model=text-embedding-3-small&operation=embeddings&dimensions=2"
          + "&extra.encoding_format=float";

  private final LlmRoutes routes = new LlmRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  @ParameterizedTest
  @EnumSource
  void thePageListsWhatIsEmitted(Profile profile) throws IOException {
    routes.with("camel.llm-otel.capture-content", "span_and_event").in(profile);
    emitEverything();

    GeneratedTable page =
        new GeneratedTable("emitted in " + profile, "what", "name", "kind", "attributes");
    new Emitted(routes.telemetry()).rows().forEach(row -> page.row(row.toArray(String[]::new)));
    page.assertSameIn(EmittedPage.PAGE);
  }

  private void emitEverything() {
    ask("vllm?model=m" + ALL_OPTIONS, Answer.OPENAI);
    ask("openai?model=gpt-4o&stream=true", Answer.OPENAI_STREAM);
    ask("anthropic?model=claude-sonnet-4-20250514&systemMessage=Be short.", Answer.ANTHROPIC);
    ask("gemini?model=gemini-2.0-flash", Answer.GEMINI);
    ask("ollama?model=smollm2", Answer.OLLAMA);
    ask("llamacpp?model=smollm2", Answer.LLAMACPP);
    ask(EMBEDDINGS, embeddings());
    ask(EMBEDDINGS, Answer.RATE_LIMIT);
    askAgainAfterAFailure();
    closeEarly();
    cutAndStop();
  }

  private static Answer embeddings() {
    return Answer.json(
        """
        {"model":"text-embedding-3-small","data":[{"index":0,"embedding":[0,1]}],
         "usage":{"prompt_tokens":8,"total_tokens":8}}""");
  }

  /** One attempt fails before the first token, the next one is answered. */
  private void askAgainAfterAFailure() {
    routes.add(
        builder ->
            builder
                .from("direct:again")
                .errorHandler(
                    builder.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0))
                .step("stage")
                .to(routes.endpoint("openai?model=gpt-4o"))
                .end());
    CompletableFuture<Exchange> asked = routes.send("direct:again", EmittedNamesTest::tellWhoAsks);
    Answer.RATE_LIMIT.sendTo(routes.provider().accept());
    Answer.OPENAI.sendTo(routes.provider().accept());
    assertThat(asked.join().getException()).isNull();
  }

  private void closeEarly() {
    routes.add(
        builder ->
            builder
                .from("direct:closed")
                .to(routes.endpoint("openai?model=gpt-4o&stream=true"))
                .process(exchange -> exchange.getMessage().getBody(LlmStream.class).close()));
    CompletableFuture<Exchange> asked = routes.send("direct:closed", EmittedNamesTest::tellWhoAsks);
    beginStream();
    assertThat(asked.join().getException()).isNull();
  }

  /** One answer breaks off after its token counts, one is still open when Camel stops. */
  private void cutAndStop() {
    CompletableFuture<Exchange> cut =
        routes.ask("openai?model=gpt-4o&streamMode=aggregate", EmittedNamesTest::tellWhoAsks);
    Peer provider = beginStream();
    provider.sendChunk(
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n");
    provider.close();
    assertThat(cut.join().getException()).isNotNull();
    int ended = routes.calls().size();
    CompletableFuture<Exchange> stopped =
        routes.ask("openai?model=gpt-4o&streamMode=aggregate", EmittedNamesTest::tellWhoAsks);
    beginStream();
    routes.camel().getShutdownStrategy().setTimeout(1);
    routes.camel().getShutdownStrategy().setShutdownNowOnTimeout(true);
    routes.camel().stop();
    assertThat(stopped.join().getException()).isNotNull();
    await().until(() -> routes.calls().size() == ended + 1);
  }

  private Peer beginStream() {
    Peer peer = routes.provider().accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(
        """
        data: {"id":"c","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"Hi"}}]}

        """);
    return peer;
  }

  private void ask(String options, Answer answer) {
    routes.ask(options, answer, EmittedNamesTest::tellWhoAsks);
  }

  private static void tellWhoAsks(Message question) {
    question.setHeader(LlmConstants.CONVERSATION_ID, "conversation-7");
    question.setHeader(LlmConstants.USER_ID, "alice");
    question.setHeader(Exchange.BREADCRUMB_ID, "breadcrumb-1");
    question.setHeader(
        LlmConstants.TOOLS,
        "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\"}}]");
  }
}
