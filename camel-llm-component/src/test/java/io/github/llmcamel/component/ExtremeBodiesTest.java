/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in OpenAI's format that strangers may send to break a gateway. */
class ExtremeBodiesTest extends CamelTestSupport {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MANY = 100_000;
  private static final List<String> PROVIDERS = List.of("vllm", "ollama", "anthropic", "gemini");
  // Written in full, then refused by the network.
  private static final String NOWHERE = "http://127.0.0.1:1";
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]";

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask").to("llm:simulator?model=demo&bodyFormat=openai&outputFormat=openai");
        for (String provider : PROVIDERS) {
          from("direct:" + provider)
              .to(
                  "llm:%s?model=m&apiKey=k&bodyFormat=openai&baseUrl=".formatted(provider)
                      + NOWHERE);
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "{\"messages\":%s}",
        "{\"messages\":[{\"role\":\"user\",\"content\":%s}]}",
        "{" + HELLO + ",\"tools\":%s}",
        "{" + HELLO + ",\"response_format\":%s}",
        "{" + HELLO + ",\"x\":%s}"
      })
  void aBodyThatIsNestedTooDeepIsRefused(String body) {
    String deepArray = body.formatted("[".repeat(MANY) + "]".repeat(MANY));
    String deepObject = body.formatted("{\"a\":".repeat(MANY) + "1" + "}".repeat(MANY));

    assertThat(refused(deepArray)).hasMessageContaining("nested");
    assertThat(refused(deepObject)).hasMessageContaining("nested");
  }

  @Test
  void aTextOfTenMegabytesIsATextAsAnyOther() {
    String text = "a".repeat(10 << 20);

    assertThat(answered("{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"))
        .contains("chat.completion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"temperature", "max_tokens", "n", "seed", "x"})
  void aNumberOfManyDigitsIsRefused(String member) {
    for (String number : new String[] {"1".repeat(MANY), "0." + "1".repeat(MANY)}) {
      assertThat(refused("{%s,\"%s\":%s}".formatted(HELLO, member, number)))
          .hasMessageContaining("at most 1000 digits");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "n", "seed", "top_k", "temperature", "top_p"})
  void aNumberWithAVastExponentIsRefused(String member) {
    assertThat(refused("{%s,\"%s\":1e999999999}".formatted(HELLO, member)))
        .hasMessageContaining(member);
  }

  @Test
  void ofAMemberThatIsThereTwiceTheLastOneCounts() {
    assertThat(OpenAiChatFormat.read("{\"model\":\"a\",\"model\":\"b\"," + HELLO + "}").model())
        .isEqualTo("b");
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacterOfUtf8() {
    String half = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud800b\"}]}";

    assertThat(answered(half)).contains("chat.completion");
  }

  @Test
  void manyMessagesAreRead() {
    String message = "{\"role\":\"user\",\"content\":\"Hi.\"}";
    String body = "{\"messages\":" + many(message, MANY) + "}";

    assertThat(answered(body)).contains("chat.completion");
  }

  @Test
  void manyMembersAndManyOfTheSameNameAreRead() {
    StringBuilder members = new StringBuilder("{" + HELLO);
    for (int i = 0; i < MANY; i++) {
      members.append(",\"x").append(i % 50_000).append("\":").append(i);
    }

    assertThat(OpenAiChatFormat.read(members + "}").extras()).hasSize(50_000);
  }

  @Test
  void everyProtocolWritesManyOfEverything() {
    String call = "{\"id\":\"i\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
    String tool = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
    String part = "{\"type\":\"text\",\"text\":\"Hi.\"}";
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":%s},".formatted(many(part, MANY / 10))
            + "{\"role\":\"assistant\",\"tool_calls\":%s},".formatted(many(call, MANY / 10))
            + "{\"role\":\"tool\",\"tool_call_id\":\"i\",\"content\":\"1\"}],"
            + "\"tools\":%s,\"stop\":%s}"
                .formatted(many(tool, MANY / 10), many("\"END\"", MANY / 10));

    for (String provider : PROVIDERS) {
      Exchange result = send("direct:" + provider, body);
      assertThat(result.getException()).isInstanceOf(LlmException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data:image/png;base64,%s", "data:%s", "http://h/%s.png", "%s"})
  void everyProtocolTakesALongUrlForAnImageOrRefusesIt(String url) {
    for (String filling : List.of("A", ".", ";", "/")) {
      String body =
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
              + "\"image_url\":{\"url\":\"%s\"}}]}]}"
                  .formatted(url.formatted(filling.repeat(1 << 20)));
      for (String provider : PROVIDERS) {
        Exchange result = send("direct:" + provider, body);
        assertThat(result.getException())
            .isInstanceOf(LlmException.class)
            .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1_000));
      }
    }
  }

  @Test
  void aLongNameIsNotRepeatedInFull() {
    String name = "n".repeat(MANY);
    String body =
        "{"
            + HELLO
            + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
            + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}}"
                .formatted(name);

    assertThat(refused(body).getMessage()).contains("toolChoice").hasSizeLessThan(1_000);
  }

  private static String many(String element, int count) {
    return "[" + (element + ",").repeat(count - 1) + element + "]";
  }

  private String answered(String body) {
    Exchange result = ask(body);
    assertThat(result.getException()).isNull();
    return result.getMessage().getBody(String.class);
  }

  private Exception refused(String body) {
    Exception failure = ask(body).getException();
    assertThat(failure).isInstanceOf(LlmRequestException.class).hasNoCause();
    return failure;
  }

  private Exchange ask(String body) {
    return send("direct:ask", body);
  }

  private Exchange send(String route, String body) {
    return assertTimeoutPreemptively(
        PATIENCE,
        () ->
            template.request(
                route, e -> e.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8))));
  }
}
