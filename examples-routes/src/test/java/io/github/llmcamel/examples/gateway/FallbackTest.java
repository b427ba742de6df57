/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.llmcamel.examples.batch.Collector;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked when others have failed. */
class FallbackTest {

  private static final String CHAIN = "llm:a?model=model-of-a, llm:b, llm:c?model=model-of-c";

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();

  private static RunningGateway start(String... more) throws CannotStartException {
    List<String> lines = new ArrayList<>(List.of(UPSTREAM.providers("a", "b", "c")));
    lines.add(Upstream.baseUrl("closed", "http://127.0.0.1:1/v1"));
    lines.add("gateway.models[chain]=" + CHAIN);
    lines.add(
        "gateway.models[impatient]=llm:a?firstByteTimeout=100ms,llm:b?firstByteTimeout=100ms,llm:c");
    lines.add("gateway.models[unreachable]=llm:closed,llm:closed,llm:c");
    lines.add("gateway.models[alone]=llm:a");
    lines.add("gateway.models[vendor/*]=llm:b");
    lines.add("gateway.models[vendor/big-*]=llm:c?model=big");
    lines.add("gateway.models[*]=llm:a");
    lines.addAll(List.of(more));
    return RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  /** How a provider fails before it has begun to answer. */
  static Stream<Named<ResponseDefinitionBuilder>> failures() {
    return Stream.of(
        Named.of("429", aResponse().withStatus(429)),
        Named.of(
            "no quota",
            aResponse().withStatus(429).withBody(Upstream.error("No.", "insufficient_quota"))),
        Named.of("500", aResponse().withStatus(500)),
        Named.of("501", aResponse().withStatus(501)),
        Named.of("502", aResponse().withStatus(502).withBody("<html>Bad</html>")),
        Named.of("503", aResponse().withStatus(503)),
        Named.of("504", aResponse().withStatus(504)),
        Named.of("529", aResponse().withStatus(529)),
        Named.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        Named.of("empty", aResponse().withFault(Fault.EMPTY_RESPONSE)));
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class Answers {

    private RunningGateway gateway;

    @BeforeAll
    void start() throws CannotStartException {
      gateway = FallbackTest.start();
    }

    @AfterAll
    void stop() {
      gateway.close();
    }

    @ParameterizedTest
    @MethodSource("io.github.llmcamel.examples.gateway.FallbackTest#failures")
    void theNextOneIsAsked(ResponseDefinitionBuilder failing) {
      UPSTREAM.answers("a", failing);
      UPSTREAM.answers("b", failing);
      UPSTREAM.says("c", "Hello");

      Reply reply = ask("chain", false);

      isAnsweredByTheThird(reply);
      assertThat(reply.json().path("choices").path(0).path("message").path("content").asText())
          .isEqualTo("Hello");
    }

    @ParameterizedTest
    @MethodSource("io.github.llmcamel.examples.gateway.FallbackTest#failures")
    void theNextOneIsAskedForStreamsToo(ResponseDefinitionBuilder failing) {
      UPSTREAM.answers("a", failing);
      UPSTREAM.answers("b", failing);
      UPSTREAM.streamsText("c", "Hello");

      Reply reply = ask("chain", true);

      isAnsweredByTheThird(reply);
      assertThat(reply.chunks()).hasSize(3);
    }

    private void isAnsweredByTheThird(Reply reply) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(reply.header("x-llm-provider")).isEqualTo("c");
      assertThat(reply.header("x-llm-model")).isEqualTo("real-c");
      assertThat(reply.header("x-llm-attempts")).isEqualTo("3");
      assertThat(UPSTREAM.received("a").path("model").asText()).isEqualTo("model-of-a");
      assertThat(UPSTREAM.received("b").path("model").asText()).isEqualTo("chain");
      assertThat(UPSTREAM.received("c").path("model").asText()).isEqualTo("model-of-c");
      for (String name : List.of("a", "b", "c")) {
        assertThat(UPSTREAM.requests(name)).hasSize(1);
        assertThat(UPSTREAM.received(name).path("messages"))
            .hasToString("[{\"role\":\"user\",\"content\":\"Hi\"}]");
        assertThat(UPSTREAM.received(name).path("unknown")).hasToString("{\"a\":[1]}");
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimeoutMovesOn(boolean stream) {
      ResponseDefinitionBuilder slow = aResponse().withFixedDelay(1_000).withStatus(500);
      UPSTREAM.answers("a", slow);
      UPSTREAM.answers("b", slow);
      answerOfTheThird(stream);

      Reply reply = ask("impatient", stream);

      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(reply.header("x-llm-attempts")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatIsNotThereMovesOn(boolean stream) {
      answerOfTheThird(stream);

      Reply reply = ask("unreachable", stream);

      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(reply.header("x-llm-attempts")).isEqualTo("3");
    }

    private void answerOfTheThird(boolean stream) {
      if (stream) {
        UPSTREAM.streamsText("c", "Hello");
      } else {
        UPSTREAM.says("c", "Hello");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "data: {\"error\":{\"message\":\"Busy.\",\"code\":503}}\n\n",
          ": comment\n\ndata: {\"error\":{\"message\":\"Slow down.\",\"code\":\"rate_limit_exceeded\"}}\n\n"
        })
    void aStreamThatFailsBeforeItsFirstChunkMovesOn(String events) {
      UPSTREAM.answers("a", Upstream.events(events));
      UPSTREAM.answers("b", Upstream.events(events));
      UPSTREAM.streamsText("c", "Hello");

      Reply reply = ask("chain", true);

      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(reply.header("x-llm-provider")).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"400, 400", "401, 502", "403, 502", "404, 404", "413, 413", "422, 422"})
    void whatOthersWouldRefuseTooDoesNotMoveOn(int upstream, int status) {
      UPSTREAM.refuses("a", upstream);

      for (boolean stream : new boolean[] {false, true}) {
        Reply reply = ask("chain", stream);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("x-llm-attempts")).isEqualTo("1");
      }
      assertThat(UPSTREAM.requests("b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "{'error':{'message':'Too long.','type':'BadRequestError','code':400}} | 400 | Too long.",
          "{'error':{'message':'No such model.','code':404}} | 400 | No such model.",
          "{'error':{'message':'Filtered.','code':'content_filter'}} | 400 | Filtered.",
          "{'error':{'message':'Wrong key.','code':401}} | 502 | refused the gateway"
        })
    void whatAStreamRefusesBeforeItsFirstChunkDoesNotMoveOn(
        String error, int status, String message) {
      UPSTREAM.answers("a", Upstream.events("data: " + error.replace('\'', '"') + "\n\n"));

      Reply reply = ask("chain", true);

      assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
      assertThat(reply.error().path("message").asText()).contains(message);
      assertThat(reply.header("x-llm-attempts")).isEqualTo("1");
      assertThat(UPSTREAM.requests("b")).isEmpty();
    }

    @Test
    void contentThatIsRefusedDoesNotMoveOn() {
      UPSTREAM.answers("a", 400, Upstream.error("Filtered.", "content_filter"));

      Reply reply = ask("chain", false);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(UPSTREAM.requests("b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "data: {\"error\":{\"message\":\"Busy.\",\"code\":503}}\n\n",
          "data: {\"cho"
        })
    void nobodyElseIsAskedAfterTheFirstChunk(String rest) {
      UPSTREAM.answers(
          "a",
          Upstream.events(
              "data: %s\n\n%s"
                  .formatted(Upstream.chunk("a", "{\"content\":\"Hel\"}", "null"), rest)));

      Reply reply = ask("chain", true);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("x-llm-provider")).isEqualTo("a");
      assertThat(reply.header("x-llm-attempts")).isEqualTo("1");
      assertThat(reply.events().get(1)).contains("Hel");
      assertThat(reply.events().get(reply.events().size() - 1)).contains("{\"error\":");
      assertThat(UPSTREAM.requests("b")).isEmpty();
    }

    @Test
    void whereNobodyAnswersTheLastErrorCounts() {
      UPSTREAM.refuses("a", 500);
      UPSTREAM.refuses("b", 503);
      UPSTREAM.answers(
          "c",
          aResponse()
              .withStatus(429)
              .withHeader("Retry-After", "9")
              .withBody(Upstream.error("Slow down.", "x")));

      for (boolean stream : new boolean[] {false, true}) {
        Reply reply = ask("chain", stream);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.error().path("message").asText()).contains("Slow down.");
        assertThat(reply.header("Retry-After")).isEqualTo("9");
        assertThat(reply.header("x-llm-attempts")).isEqualTo("3");
        assertThat(reply.header("x-llm-provider")).isEmpty();
      }
    }

    @Test
    void oneAloneIsAskedOnce() {
      UPSTREAM.refuses("a", 503);

      assertThat(ask("alone", false).header("x-llm-attempts")).isEqualTo("1");

      assertThat(UPSTREAM.requests("a")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
      "alone, a, alone",
      "vendor/small, b, vendor/small",
      "vendor/big-1, c, big",
      "anything else, a, anything else",
      "ünïcode, a, ünïcode"
    })
    void theNameOfTheModelDecidesWhoIsAsked(String asked, String provider, String model) {
      UPSTREAM.says(provider, "Hello");

      Reply reply = ask(asked, false);

      assertThat(reply.header("x-llm-provider")).isEqualTo(provider);
      assertThat(UPSTREAM.received(provider).path("model").asText()).isEqualTo(model);
    }

    @Test
    void embeddingsMoveOnToo() {
      UPSTREAM.refuses("a", 503);
      UPSTREAM.refuses("b", 429);
      UPSTREAM.answers(
          "c",
          200,
          """
          {"object":"list","model":"real-c","data":[{"object":"embedding","index":0,"embedding":[0.5]}],
           "usage":{"prompt_tokens":1,"total_tokens":1}}
          """);

      Reply reply = gateway.post("/v1/embeddings", "{\"model\":\"chain\",\"input\":\"Hi\"}");

      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertThat(reply.header("x-llm-provider")).isEqualTo("c");
      assertThat(reply.header("x-llm-attempts")).isEqualTo("3");
      assertThat(UPSTREAM.received("c").path("model").asText()).isEqualTo("model-of-c");
    }

    private Reply ask(String model, boolean stream) {
      return FallbackTest.ask(gateway, model, stream);
    }
  }

  @Nested
  class Telemetry {

    @RegisterExtension private final Collector collector = new Collector();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachAttemptIsACallBelowTheRequest(boolean stream) throws CannotStartException {
      UPSTREAM.refuses("a", 503);
      UPSTREAM.refuses("b", 429);
      UPSTREAM.streamsText("c", "Hello");
      try (RunningGateway gateway = start()) {
        if (!stream) {
          UPSTREAM.says("c", "Hello");
        }
        assertThat(ask(gateway, "chain", stream).status()).isEqualTo(200);
      }

      Traces traces = new Traces(collector.server().spans());
      assertThat(traces.server()).hasSize(1);
      Span server = traces.server().get(0);
      assertThat(server.getName()).isEqualTo("POST /v1/chat/completions");
      assertThat(server.getParentSpanId()).isEmpty();
      assertThat(traces.calls()).isEqualTo(traces.below(server));
      assertThat(traces.calls())
          .allMatch(span -> span.getTraceId().equals(server.getTraceId()))
          .extracting(
              Span::getName,
              span -> Traces.attribute(span, "gen_ai.provider.name"),
              span -> Traces.attribute(span, "error.type"))
          .containsExactly(
              tuple("chat model-of-a", "a", "503"),
              tuple("chat chain", "b", "429"),
              tuple("chat model-of-c", "c", ""));
      assertThat(Traces.attribute(server, "llm.gateway.model")).isEqualTo("chain");
      assertThat(Traces.attribute(server, "llm.gateway.provider")).isEqualTo("c");
      assertThat(Traces.attribute(server, "http.response.status_code")).isEqualTo("200");
    }
  }

  private static Reply ask(RunningGateway gateway, String model, boolean stream) {
    return gateway.chat(
        """
        {"model":"%s","stream":%s,"unknown":{"a":[1]},"messages":[{"role":"user","content":"Hi"}]}"""
            .formatted(model, stream));
  }
}
