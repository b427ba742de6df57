/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which names are used where, and what is in no telemetry at all. */
class NameStatementsTest {

  /** Everything that an option sets and the conventions name. */
  private static final String ALL_OPTIONS =
      "&maxTokens=100&temperature=0.5&topP=0.9&topK=10&stop=END&frequencyPenalty=0.1"
          + "&presencePenalty=0.2&seed=42&choiceCount=2&reasoningEffort=low&responseFormat=json";

  private static final Set<String> OF_POINTS_OF_SEED =
      Set.of(
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "gen_ai.token.type",
          "server.address",
          "server.port",
          "error.type",
          "camel.route.id",
          "gen_ai.prompt.name",
          "gen_ai.prompt.version",
          "llm.cost.currency",
          "llm.outcome",
          "llm.timing.source",
          "model",
          "stream");

  /** Span types, metrics and events to the attributes that the conventions declare for them. */
  private static final Properties CONVENTIONS = new Properties();

  private final LlmRoutes routes = new LlmRoutes();
  private final InMemoryTelemetry telemetry = routes.telemetry();

  @BeforeAll
  static void readConventions() throws IOException {
    try (InputStream file =
        requireNonNull(
            NameStatementsTest.class.getResourceAsStream("/pinned-conventions.properties"))) {
      CONVENTIONS.load(file);
    }
  }

  @AfterEach
  void close() {
    routes.close();
  }

  @Test
  @DisplayName("32. The strict profile has no name that the pinned conventions do not have there")
  void theStrictProfileHasNoNameThatTheConventionsDoNotHaveThere() {
    routes.in(Profile.STRICT);
    leaveAllThereIs();

    assertThat(telemetry.spans()).allSatisfy(NameStatementsTest::assertIsOfConventions);
    assertThat(telemetry.metrics().values())
        .isNotEmpty()
        .allSatisfy(NameStatementsTest::assertIsOfConventions);
    assertThat(telemetry.logs()).isNotEmpty().allSatisfy(NameStatementsTest::assertIsOfConventions);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("45. No metric tells single calls, conversations or users apart")
  void noMetricTellsSingleCallsConversationsOrUsersApart(Profile profile) {
    routes.in(profile);
    leaveAllThereIs();

    assertThat(telemetry.metrics().values())
        .flatMap(metric -> metric.getData().getPoints())
        .allSatisfy(
            point -> assertThat(Keys.of(point.getAttributes())).isSubsetOf(OF_POINTS_OF_SEED));
    assertThat(telemetry.metrics().toString())
        .doesNotContain("chatcmpl", "msg-mock", "conversation-7", "alice", "anary");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("56. Nothing of an Authorization header is anywhere, nor taken for a user")
  void nothingOfAnAuthorizationHeaderIsAnywhere(Profile profile) {
    routes
        .in(profile)
        .ask(
            "openai?model=gpt-4o",
            Answer.RATE_LIMIT,
            question -> question.setHeader("Authorization", "Bearer credential-1"));

    assertThat(telemetry.spans().toString() + telemetry.logs() + telemetry.metrics())
        .contains("gpt-4o")
        .doesNotContain("credential-1", "enduser.id");
  }

  @Test
  @DisplayName("56. A user's id is a short hash, and with a key an HMAC; strict has none")
  void theIdOfAUserIsHidden() {
    assertThat(userIdIn(routes.in(Profile.SEED))).isEqualTo("2bd806c9");
    try (LlmRoutes withKey = new LlmRoutes().with("camel.llm-otel.user-id-key", "key");
        LlmRoutes strict = new LlmRoutes()) {
      assertThat(userIdIn(withKey.in(Profile.SEED))).matches("[0-9a-f]{16}");
      assertThat(userIdIn(strict.in(Profile.STRICT))).isNull();
    }
  }

  private static String userIdIn(LlmRoutes routes) {
    routes.ask("openai?model=gpt-4o", Answer.OPENAI, NameStatementsTest::tellWhoAsks);
    return routes.telemetry().onlySpan().getAttributes().get(stringKey("enduser.id"));
  }

  private static void tellWhoAsks(Message question) {
    question.setHeader(LlmConstants.CONVERSATION_ID, "conversation-7");
    question.setHeader(LlmConstants.USER_ID, "alice");
    question.setHeader(LlmConstants.PURPOSE, "Triage");
  }

  /** Calls of every operation and protocol, streamed, timed by the server, and failing. */
  private void leaveAllThereIs() {
    ask("vllm?model=m" + ALL_OPTIONS, Answer.OPENAI);
    ask("openai?model=gpt-4o&stream=true", Answer.OPENAI_STREAM);
    ask("anthropic?model=claude-sonnet-4-20250514", Answer.ANTHROPIC);
    ask("gemini?model=gemini-2.0-flash", Answer.GEMINI);
    ask("ollama?model=smollm2", Answer.OLLAMA);
    ask("llamacpp?model=smollm2", Answer.LLAMACPP);
    ask("openai?model=gpt-4o", Answer.RATE_LIMIT);
    String embeddings =
        "openai?model=text-embedding-3-small&operation=embeddings&dimensions=2"
            + "&extra.encoding_format=float";
    ask(
        embeddings,
        Answer.json(
            """
            {"model":"text-embedding-3-small","data":[{"index":0,"embedding":[0,1]}],
             "usage":{"prompt_tokens":8,"total_tokens":8}}"""));
    ask(embeddings, Answer.RATE_LIMIT);
    assertThat(routes.calls()).hasSize(9);
  }

  private void ask(String options, Answer answer) {
    routes.ask(options, answer, NameStatementsTest::tellWhoAsks);
  }

  private static void assertIsOfConventions(SpanData span) {
    boolean embeddings = span.getName().startsWith("embeddings ");
    assertThat(Keys.of(span.getAttributes()))
        .isSubsetOf(declared(embeddings ? "gen_ai.embeddings.client" : "gen_ai.inference.client"));
    assertThat(span.getEvents()).isEmpty();
  }

  private static void assertIsOfConventions(MetricData metric) {
    assertThat(metric.getData().getPoints())
        .extracting(PointData::getAttributes)
        .allSatisfy(
            attributes -> assertThat(Keys.of(attributes)).isSubsetOf(declared(metric.getName())));
  }

  private static void assertIsOfConventions(LogRecordData record) {
    assertThat(Keys.of(record.getAttributes()))
        .isSubsetOf(declared(requireNonNull(record.getEventName())));
  }

  private static List<String> declared(String name) {
    return List.of(requireNonNull(CONVENTIONS.getProperty(name), name).split(" +"));
  }
}
