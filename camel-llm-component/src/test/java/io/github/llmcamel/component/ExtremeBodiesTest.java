/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmRequestException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]";

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask").to("llm:simulator?model=demo&bodyFormat=openai&outputFormat=openai");
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
    String body = "{\"messages\":[" + (message + ",").repeat(MANY - 1) + message + "]}";

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
    return assertTimeoutPreemptively(
        PATIENCE,
        () ->
            template.request(
                "direct:ask", e -> e.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8))));
  }
}
