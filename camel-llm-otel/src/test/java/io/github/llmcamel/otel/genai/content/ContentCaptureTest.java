/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Part.Media;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCaptureTest {

  private static final ChatRequest REQUEST =
      ChatRequest.builder()
          .message(Message.system("Be canary."))
          .message(
              new Message.User(
                  List.of(
                      new Part.Text("Hi canary."),
                      Media.of("image/png", new byte[] {1}, null),
                      new Media(Media.Kind.IMAGE, "https://canary/a.png", null, null)),
                  "canary"))
          .message(
              new Message.Assistant(
                  List.of(), List.of(new ToolCall("c1", "f", "{\"a\":\"c\\u0061nary\"}"))))
          .message(new Message.ToolResult("c1", "f", List.of(new Part.Text("canary"))))
          .tools(ToolUse.of(new Tool.Function("f", "A canary.", Map.of("description", "canary"))))
          .build();

  private static final ChatResponse RESPONSE =
      new ChatResponse(
          null,
          null,
          List.of(
              new ChatResponse.Choice(
                  0, "A canary.", "Hm, canary.", "No canary.", List.of(), FinishReason.STOP)),
          Usage.UNKNOWN,
          ServerTiming.UNKNOWN);

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final Span span =
      telemetry.openTelemetry().getTracer("test").spanBuilder("chat").startSpan();
  private final List<RecordedContent> recorded = new ArrayList<>();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_CONTENT, true, false",
    "SPAN_ONLY, true, true",
    "SPAN_ONLY, false, false",
    "EVENT_ONLY, true, true",
    "EVENT_ONLY, false, true",
    "SPAN_AND_EVENT, false, true"
  })
  void preparesContentsWhereTheyGoSomewhere(ContentMode mode, boolean sampled, boolean prepared) {
    prepare(
        settings(mode, List.of(), List.of()),
        call(REQUEST, null, sampled ? span : Span.getInvalid()));

    assertThat(only().inputMessages() != null).isEqualTo(prepared);
  }

  @Test
  void preparesAtOnceWithoutForeignCode() {
    new ContentCapture(settings(ContentMode.SPAN_ONLY, List.of(), List.of()))
        .prepare(call(REQUEST, "Too bad.", span), recorded::add);

    assertThat(only().errorMessage()).isEqualTo("Too bad.");
    assertThat(only().prompt()).isEqualTo("Hi canary.");
    assertThat(only().completion()).isEqualTo("A canary.");
    assertThat(only().completionFinishReason()).isEqualTo("stop");
  }

  @Test
  void recordsTheRolesThatAreChosen() {
    ContentSettings onlyUsers =
        new ContentSettings(
            ContentMode.SPAN_ONLY,
            Set.of(ContentRole.USER),
            ContentSettings.Tools.NAMES,
            ContentSettings.DEFAULT_BUDGET,
            List.of(),
            List.of());

    prepare(onlyUsers, call(REQUEST, null, span));

    assertThat(text(only().inputMessages())).contains("Hi canary.").doesNotContain("Be canary.");
    assertThat(only().outputMessages()).isNull();
    assertThat(only().completion()).isNull();
  }

  @Test
  void recordsToolsByNameUnlessTheyAreWanted() {
    prepare(settings(ContentMode.SPAN_ONLY, List.of(), List.of()), call(REQUEST, null, span));
    assertThat(text(only().toolDefinitions()))
        .isEqualTo("[{\"type\":\"function\",\"name\":\"f\"}]");

    recorded.clear();
    prepare(
        new ContentSettings(
            ContentMode.SPAN_ONLY,
            Set.of(ContentRole.values()),
            ContentSettings.Tools.WHOLE,
            ContentSettings.DEFAULT_BUDGET,
            List.of(),
            List.of()),
        call(REQUEST, null, span));
    assertThat(text(only().toolDefinitions())).contains("A canary.", "\"parameters\":{");
  }

  @Test
  void showsEveryPieceToEveryRedactor() {
    Set<ContentKind> kinds = EnumSet.noneOf(ContentKind.class);
    ContentRedactor first =
        (kind, text) -> {
          kinds.add(kind);
          return text.replace("canary", "bird");
        };
    ContentRedactor second = (kind, text) -> text.replace("bird", "*");
    ContentSettings settings =
        new ContentSettings(
            ContentMode.SPAN_ONLY,
            Set.of(ContentRole.values()),
            ContentSettings.Tools.WHOLE,
            ContentSettings.DEFAULT_BUDGET,
            List.of(first, second),
            List.of());

    prepare(settings, call(REQUEST, "canary says no", span));

    assertThat(kinds).containsExactlyInAnyOrder(ContentKind.values());
    assertThat(only().errorMessage()).isEqualTo("* says no");
    assertThat(everything()).doesNotContain("canary", "bird").contains("{\"a\":\"*\"}");
  }

  @Test
  void leavesOutWhatARedactorLeavesOut() {
    prepare(
        settings(ContentMode.SPAN_ONLY, List.of((kind, text) -> null), List.of()),
        call(REQUEST, "canary", span));

    assertThat(only().errorMessage()).isNull();
    assertThat(only().systemInstructions()).isNull();
    assertThat(text(only().inputMessages()))
        .isEqualTo(
            """
            [{"role":"system","parts":[]},{"role":"user","parts":[]},\
            {"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"f"}]},\
            {"role":"tool","parts":[]}]""");
  }

  @Test
  void leavesOutWhatARedactorFailsOnAndSaysSoOnceWithoutTheText() {
    ContentRedactor failing =
        (kind, text) -> {
          throw new IllegalStateException(text);
        };
    try (CapturedLog log = new CapturedLog()) {
      prepare(
          settings(ContentMode.SPAN_ONLY, List.of(failing), List.of()),
          call(REQUEST, "canary", span));

      assertThat(only().errorMessage()).isEqualTo("[redaction failed]");
      assertThat(everything()).doesNotContain("canary", "AQ==").contains("[redaction failed]");
      assertThat(log.linesWith("Redactor ")).hasSize(1);
      assertThat(log.text()).doesNotContain("canary");
    }
    ContentSchemas.assertValid("gen_ai.input.messages", text(only().inputMessages()));
  }

  @Test
  void redactsErrorsAlsoWhereNoContentsAreRecorded() {
    prepare(
        settings(ContentMode.NO_CONTENT, List.of((kind, text) -> kind + ": " + text), List.of()),
        call(REQUEST, "No.", span));

    assertThat(only()).isEqualTo(RecordedContent.none("ERROR_MESSAGE: No."));
  }

  @Test
  void showsNoErrorThatNoRedactorHasSeen() {
    CountDownLatch never = new CountDownLatch(1);
    ContentRedactor hanging =
        (kind, text) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return text;
        };
    ContentCapture capture =
        new ContentCapture(
            settings(ContentMode.SPAN_ONLY, List.of(hanging), List.of()),
            new ForeignCode(Duration.ofMillis(20)));

    capture.prepare(call(REQUEST, "canary", span), recorded::add);
    capture.drain();

    assertThat(only()).isEqualTo(RecordedContent.none("[redaction failed]"));
  }

  @Test
  @DisplayName("55. A hook sees the contents of spans that are not sampled, and with capture off")
  void showsContentsToHooksAlsoWhereNoneAreRecorded() {
    List<CallContent> seen = new ArrayList<>();
    ContentHook hook =
        (content, context) -> {
          assertThat(context).isEqualTo(Span.getInvalid().getSpanContext());
          seen.add(content);
          return content;
        };

    prepare(
        settings(
            ContentMode.NO_CONTENT,
            List.of((kind, text) -> text.replace("canary", "*")),
            List.of(hook)),
        call(REQUEST, null, Span.getInvalid()));

    assertThat(only()).isEqualTo(RecordedContent.none(null));
    assertThat(seen).hasSize(1);
    CallContent content = seen.get(0);
    assertThat(content.inputMessages()).hasSize(4);
    assertThat(content.outputMessages().get(0).text()).isEqualTo("A *.");
    assertThat(content.toolDefinitions().get(0).description()).isEqualTo("A *.");
  }

  @Test
  @DisplayName("55. What a hook makes of the contents is what is recorded")
  void recordsWhatHooksSay() {
    ContentHook stored =
        (content, context) ->
            new CallContent(
                List.of(),
                List.of(
                    new ContentMessage(
                        ContentRole.USER,
                        List.of(
                            new ContentPart.Link(
                                Media.Kind.DOCUMENT, "s3://calls/" + context.getSpanId())),
                        null,
                        null)),
                List.of(),
                content.toolDefinitions());

    prepare(settings(ContentMode.SPAN_ONLY, List.of(), List.of(stored)), call(REQUEST, null, span));

    assertThat(text(only().inputMessages()))
        .contains("s3://calls/" + span.getSpanContext().getSpanId())
        .doesNotContain("canary");
    assertThat(only().outputMessages()).isNull();
    assertThat(text(only().toolDefinitions())).doesNotContain("canary");
  }

  @Test
  void recordsNothingWhereAHookSaysSoOrFails() {
    prepare(
        settings(ContentMode.SPAN_ONLY, List.of(), List.of((content, context) -> null)),
        call(REQUEST, "No.", span));
    prepare(
        settings(
            ContentMode.SPAN_ONLY,
            List.of(),
            List.of(
                (content, context) -> {
                  throw new IllegalStateException();
                },
                (content, context) -> content)),
        call(REQUEST, "No.", span));

    assertThat(recorded).containsOnly(RecordedContent.none("No.")).hasSize(2);
  }

  @Test
  void knowsNoContentsOfEmbeddings() {
    prepare(
        settings(ContentMode.SPAN_AND_EVENT, List.of(), List.of((content, context) -> content)),
        call(new EmbeddingsRequest("m", List.of("canary"), null, null, Map.of()), null, span));

    assertThat(only()).isEqualTo(RecordedContent.none(null));
  }

  private void prepare(ContentSettings settings, EndedCall call) {
    ContentCapture capture = new ContentCapture(settings, new ForeignCode(Duration.ofSeconds(20)));
    capture.prepare(call, recorded::add);
    capture.drain();
  }

  private RecordedContent only() {
    assertThat(recorded).hasSize(1);
    return recorded.get(0);
  }

  private String everything() {
    return text(only().inputMessages())
        + text(only().outputMessages())
        + text(only().toolDefinitions());
  }

  private static EndedCall call(ModelRequest request, @Nullable String errorMessage, Span span) {
    return new EndedCall(Protocol.OPENAI, request, RESPONSE, errorMessage, span);
  }

  private static ContentSettings settings(
      ContentMode mode, List<ContentRedactor> redactors, List<ContentHook> hooks) {
    return new ContentSettings(
        mode,
        Set.of(ContentRole.values()),
        ContentSettings.Tools.NAMES,
        ContentSettings.DEFAULT_BUDGET,
        redactors,
        hooks);
  }

  private static String text(@Nullable ContentJson json) {
    return Objects.requireNonNull(json).text();
  }
}
