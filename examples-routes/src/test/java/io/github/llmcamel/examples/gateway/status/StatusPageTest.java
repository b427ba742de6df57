/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.examples.gateway.status.StatusReport.Content;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusPageTest {

  private final StatusPage page = new StatusPage();
  private final String html = text("/");
  private final String css = text("/status.css");
  private final String script = text("/status.js");

  @Test
  void servesItsOwnFilesOnly() {
    assertThat(requireNonNull(page.file("/")).contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(page.file("/status.html")).isNull();
    assertThat(page.file("/../status.css")).isNull();
  }

  @Test
  void refersToNothingOutside() {
    assertThat(matches("(?:src|href|action)=\"([^\"]*)\"", html))
        .containsOnly("data:,", "status.css", "status.js", "status.json");
    assertThat(html + css + script)
        .doesNotContainPattern("https?:|//\\w|@import|url\\(|\\bimport\\b");
    assertThat(matches("fetch\\('([^']*)'", script)).containsExactly("status.json");
  }

  @Test
  void needsNoExceptionFromItsContentSecurityPolicy() {
    assertThat(html).doesNotContainPattern("<style|<script>|style=|\\son\\w+=");
    assertThat(StatusPage.HEADERS.get("Content-Security-Policy"))
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void writesTextAndNeverMarkup() {
    assertThat(script)
        .contains("textContent")
        .doesNotContainPattern(
            "innerHTML|outerHTML|insertAdjacent|document\\.write|eval|Function\\(");
  }

  @Test
  void everyMemberThatIsReadIsInTheReport() {
    ModelCalls model = ModelCalls.ofOne(List.of(Calls.of("m", "chat", 1)));
    JsonNode report =
        new JsonMapper()
            .valueToTree(
                new Content(
                    "serving",
                    "1970-01-01T00:00:00Z",
                    1,
                    new GatewayCounts(Clock.systemUTC()).read(),
                    model,
                    List.of(model),
                    model));

    assertThat(Stream.concat(shown("dd", "number"), read("report")).distinct())
        .hasSizeGreaterThan(15)
        .allSatisfy(path -> assertThat(report.at(path).isMissingNode()).isFalse());
    assertThat(
            Stream.of(shown("th", "number"), shown("th", "millis"), read("model"))
                .flatMap(s -> s)
                .distinct())
        .hasSizeGreaterThan(14)
        .allSatisfy(path -> assertThat(report.at("/models/0" + path).isMissingNode()).isFalse());
  }

  /** The paths that elements of the page show. */
  private Stream<String> shown(String element, String kind) {
    return matches("<%s\\b[^>]* data-%s=\"([^\"]+)\"".formatted(element, kind), html)
        .flatMap(paths -> Stream.of(paths.split(" ")))
        .map(path -> "/" + path.replace('.', '/'));
  }

  /** The paths that the script reads of a variable. */
  private Stream<String> read(String variable) {
    return matches("\\b%s((?:\\.\\w+\\b(?!\\())+)".formatted(variable), script)
        .map(path -> path.replace('.', '/'));
  }

  private static Stream<String> matches(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1));
  }

  private String text(String path) {
    return new String(requireNonNull(page.file(path)).content(), StandardCharsets.UTF_8);
  }
}
