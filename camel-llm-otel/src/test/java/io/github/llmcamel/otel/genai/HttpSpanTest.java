/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The span of a request, and what the provider and the HTTP client get to know of a trace. */
class HttpSpanTest {

  private static final URI URL = URI.create("https://acme.openai.azure.com/openai/v1/chat");

  private final ManualClock clock = new ManualClock();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void describesTheRequestOfACall() {
    CallObservation call = start(Context.root());
    clock.advance(Duration.ofSeconds(1));
    call.send("POST", URL, () -> {});
    call.head(200);
    clock.advance(Duration.ofSeconds(2));
    call.completed(Calls.response());

    SpanData span = onlyRequest();
    assertThat(span.getName()).isEqualTo("POST");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getParentSpanContext()).isEqualTo(telemetry.onlySpan().getSpanContext());
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(2_000_000_000L);
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "POST")
                .put("url.full", URL.toString())
                .put("server.address", "acme.openai.azure.com")
                .put("server.port", 443)
                .put("http.response.status_code", 200)
                .build()
                .asMap());
  }

  @Test
  void isInErrorByTheStatusOfTheAnswer() {
    CallObservation call = start(Context.root());
    call.send("POST", URL, () -> {});
    call.head(429);
    call.failed(Calls.rateLimit());

    assertThat(onlyRequest().getStatus()).isEqualTo(StatusData.create(StatusCode.ERROR, ""));
    assertThat(onlyRequest().getAttributes().asMap())
        .containsEntry(GenAiAttributes.ERROR_TYPE, "429")
        .containsEntry(GenAiAttributes.HTTP_RESPONSE_STATUS_CODE, 429L);
  }

  @Test
  void isInErrorLikeACallThatGotNoAnswer() {
    CallObservation call = start(Context.root());
    call.send("POST", URL, () -> {});
    call.cancelled(Cancellation.STOPPED, Calls.bare());

    assertThat(onlyRequest().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(onlyRequest().getAttributes().asMap())
        .containsEntry(GenAiAttributes.ERROR_TYPE, "java.util.concurrent.CancellationException")
        .doesNotContainKey(GenAiAttributes.HTTP_RESPONSE_STATUS_CODE);
  }

  @Test
  void isNoErrorWhereTheReaderHasEnough() {
    CallObservation call = start(Context.root());
    call.send("POST", URL, () -> {});
    call.head(200);
    call.cancelled(Cancellation.CLOSED_BY_CONSUMER, Calls.bare());

    assertThat(onlyRequest().getStatus()).isEqualTo(StatusData.unset());
    assertThat(onlyRequest().getAttributes().asMap()).doesNotContainKey(GenAiAttributes.ERROR_TYPE);
  }

  @Test
  void thereIsNoneWhereNothingIsSentOrSimulated() {
    start(Context.root()).failed(Calls.rateLimit());
    CallObservation simulated = start(Context.root());
    simulated.send("POST", URI.create("simulator://localhost/v1/chat/completions"), () -> {});
    simulated.completed(Calls.response());

    assertThat(telemetry.requestSpans()).isEmpty();
    assertThat(telemetry.spans()).hasSize(2);
  }

  @Test
  void thereIsNoneOfACallThatIsNotSampled() {
    List<String> shown = new ArrayList<>();
    Sampler none = Sampler.alwaysOff();
    try (InMemoryTelemetry unsampled = new InMemoryTelemetry(none)) {
      CallObservation call = observe(unsampled, TelemetrySettings.defaults(), Context.root());
      call.send("POST", URL, () -> shown.add(Span.current().getSpanContext().getSpanId()));
      Map<String, String> headers = headers(call);
      call.completed(Calls.response());

      assertThat(unsampled.spans()).isEmpty();
      assertThat(headers.get("traceparent")).contains(shown.get(0)).endsWith("-00");
    }
  }

  @Test
  void isWhatTheProviderIsTold() {
    CallObservation call = start(Context.root());
    Map<String, String> headers = new TreeMap<>();
    call.send("POST", URL, () -> headers.putAll(headers(call)));
    call.completed(Calls.response());

    assertThat(headers)
        .containsOnly(
            Map.entry(
                "traceparent",
                "00-%s-%s-01".formatted(onlyRequest().getTraceId(), onlyRequest().getSpanId())));
  }

  @Test
  void canBeSwitchedOffAndSoCanTheHeaders() {
    CallObservation call =
        observe(
            telemetry,
            TelemetrySettings.builder().httpSpans(false).propagatesToProvider(false).build(),
            Context.root());
    List<Span> current = new ArrayList<>();
    call.send("POST", URL, () -> current.add(Span.current()));
    Map<String, String> headers = headers(call);
    call.head(200);
    call.completed(Calls.response());

    assertThat(headers).isEmpty();
    assertThat(telemetry.requestSpans()).isEmpty();
    assertThat(current)
        .extracting(Span::getSpanContext)
        .containsExactly(telemetry.onlySpan().getSpanContext());
  }

  @Test
  @SuppressWarnings("try") // a scope is there to be closed
  void isCurrentWhileTheRequestIsHandedOverAndNotAfterwardsWhateverIsThrown() {
    Context before = Context.root().with(Baggage.builder().put("secret", "canary").build());
    List<Context> within = new ArrayList<>();
    try (Scope scope = before.makeCurrent()) {
      CallObservation call = start(before);
      assertThatThrownBy(
              () ->
                  call.send(
                      "POST",
                      URL,
                      () -> {
                        within.add(Context.current());
                        throw new IllegalStateException("No.");
                      }))
          .hasMessage("No.");
      assertThat(Context.current()).isSameAs(before);
      call.completed(Calls.response());
    }

    assertThat(within)
        .singleElement()
        .satisfies(
            context -> {
              assertThat(Span.fromContext(context).getSpanContext())
                  .isEqualTo(onlyRequest().getSpanContext());
              assertThat(Baggage.fromContext(context).isEmpty()).isTrue();
            });
  }

  private SpanData onlyRequest() {
    assertThat(telemetry.requestSpans()).hasSize(1);
    return telemetry.requestSpans().get(0);
  }

  private CallObservation start(Context parent) {
    return observe(telemetry, TelemetrySettings.defaults(), parent);
  }

  private CallObservation observe(
      InMemoryTelemetry target, TelemetrySettings settings, Context parent) {
    return new CallTelemetry(target.openTelemetry(), "1", settings, clock)
        .observer(Calls.callerIn(parent))
        .start(Calls.whole());
  }

  private static Map<String, String> headers(CallObservation observation) {
    Map<String, String> headers = new TreeMap<>();
    observation.headers(headers::put);
    return headers;
  }
}
