/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.batch.Collector;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The routes in Java, YAML and XML: the same answers, headers, spans and requests to providers. */
class TwinsTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();
  @RegisterExtension private final Collector collector = new Collector();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "java")
  void allAreTheSame(Dsl dsl) throws CannotStartException {
    List<String> ofJava = replies(Dsl.java);
    List<String> spansOfJava = spans(List.of());
    List<String> ofTheOther = replies(dsl);

    assertThat(ofJava).hasSize(15);
    assertThat(ofTheOther).isEqualTo(ofJava);
    assertThat(spansOfJava).hasSizeGreaterThan(20);
    assertThat(spans(spansOfJava)).isEqualTo(spansOfJava);
  }

  /** What a client gets, and at the end what the providers got. */
  private static List<String> replies(Dsl dsl) throws CannotStartException {
    List<Reply> replies = new ArrayList<>();
    prepare();
    try (RunningGateway gateway = RunningGateway.start(folder, dsl, config())) {
      replies.add(gateway.chat(chat("good", false)));
      replies.add(gateway.chat(chat("good", true)));
      replies.add(gateway.chat(chat("chain", true)));
      replies.add(gateway.chat(chat("bad", true)));
      replies.add(gateway.chat(chat("busy", false)));
      replies.add(gateway.chat(chat("breaks", true)));
      replies.add(gateway.chat(chat("unreachable", false)));
      replies.add(gateway.chat("{"));
      replies.add(gateway.post("/v1/embeddings", "{\"model\":\"sim\",\"input\":[\"a\",\"b\"]}"));
      replies.add(gateway.post("/v1/embeddings", "{\"model\":\"busy\",\"input\":\"a\"}"));
      replies.add(gateway.get("/v1/models"));
      replies.add(gateway.get("/v1/models/vendor%2Fgood"));
      replies.add(gateway.get("/v1/models/none"));
      replies.add(gateway.get("/v1/chat/completions"));
    }
    List<String> seen = new ArrayList<>(replies.stream().map(TwinsTest::comparable).toList());
    seen.add(
        List.of("good", "bad", "busy", "breaks").stream()
            .flatMap(name -> UPSTREAM.requests(name).stream())
            .map(request -> request.getUrl() + request.getBodyAsString())
            .toList()
            .toString());
    return seen;
  }

  private static void prepare() {
    UPSTREAM.reset();
    UPSTREAM.streamsText("good", "Hello");
    UPSTREAM.refuses("bad", 400);
    UPSTREAM.answers(
        "busy",
        aResponse()
            .withStatus(429)
            .withHeader("Retry-After", "7")
            .withBody(Upstream.error("Busy.", "x")));
    UPSTREAM.answers(
        "breaks",
        Upstream.events(
            "data: %s\n\n".formatted(Upstream.chunk("breaks", "{\"content\":\"Hel\"}", "null"))));
  }

  private static String config() {
    List<String> lines =
        new ArrayList<>(List.of(UPSTREAM.providers("good", "bad", "busy", "breaks")));
    lines.add(Upstream.baseUrl("unreachable", "http://127.0.0.1:1/v1"));
    for (String name : List.of("good", "bad", "busy", "breaks", "unreachable")) {
      lines.add("gateway.models[%1$s]=llm:%1$s".formatted(name));
    }
    lines.add("gateway.models[chain]=llm:unreachable,llm:busy,llm:good?model=last");
    lines.add("gateway.models[vendor/good]=llm:good");
    lines.add("gateway.models[sim]=llm:simulator");
    return String.join("\n", lines);
  }

  private static String chat(String model, boolean stream) {
    return "{\"model\":\"%s\",\"stream\":%s,%s}".formatted(model, stream, MESSAGES);
  }

  private static String comparable(Reply reply) {
    Map<String, List<String>> headers = new TreeMap<>(reply.headers().map());
    headers.remove("x-request-id");
    return "%d %s\n%s".formatted(reply.status(), headers, reply.body());
  }

  /** The spans, each with the names of those above it, without those that were there before. */
  private List<String> spans(List<String> before) {
    List<Span> spans = collector.server().spans();
    Map<String, Span> byId = new HashMap<>();
    spans.forEach(span -> byId.put(Traces.hex(span.getSpanId()), span));
    List<String> told =
        spans.stream()
            .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
            .map(span -> told(span, byId))
            .toList();
    return told.subList(before.size(), told.size());
  }

  private static String told(Span span, Map<String, Span> byId) {
    Span above = byId.get(Traces.hex(span.getParentSpanId()));
    StringBuilder attributes = new StringBuilder();
    for (String name :
        List.of(
            "http.route",
            "http.response.status_code",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.response.model",
            "error.type",
            "camel.route.id",
            "llm.gateway.provider")) {
      attributes.append(' ').append(Traces.attribute(span, name));
    }
    return "%s %s%s < %s"
        .formatted(
            span.getKind(), span.getName(), attributes, above == null ? "" : above.getName());
  }
}
