/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

  private static final Provider ACME =
      Provider.builder("acme")
          .baseUrl("https://acme.example/v1")
          .auth(new Auth.HeaderKey("X-Acme-Key"))
          .build();

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Message message = new DefaultExchange(context).getMessage();

  @BeforeEach
  void makeHeadersAsARouteDoes() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void onlyListedHeadersAreSentAndOnlyThoseThatAreThere() {
    message.setHeader("X-Team", "billing");
    message.setHeader("X-Other", "canary");

    assertThat(sent("X-Team, X-Request-Id,")).containsExactly(Map.entry("X-Team", "billing"));
  }

  @Test
  void noOptionSendsNone() {
    message.setHeader("X-Team", "billing");

    assertThat(ForwardedHeaders.of(null, ACME).addTo(destination(Map.of()), message).headers())
        .isEmpty();
  }

  @Test
  void theMessageWinsOverTheOptionHttpHeaderInAnyCase() {
    message.setHeader("x-team", "billing");

    Destination destination = destination(Map.of("X-TEAM", "sales", "X-Kept", "k"));

    assertThat(ForwardedHeaders.of("X-Team", ACME).addTo(destination, message).headers())
        .hasSize(2)
        .containsEntry("X-Kept", "k")
        .containsValue("billing");
  }

  @Test
  void severalValuesAreOneListAndOthersTheirText() {
    message.setHeader("X-Tags", List.of("a", "b"));
    message.setHeader("X-Count", 7);
    message.setHeader("X-Empty", " ");

    assertThat(sent("X-Tags,X-Count,X-Empty"))
        .containsOnly(Map.entry("X-Tags", "a, b"), Map.entry("X-Count", "7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: canary", "canary\u0000", "canary ü"})
  void aValueThatHttpCannotSendIsRefusedUnquoted(String value) {
    message.setHeader("X-Team", value);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sent("X-Team"))
        .withMessageContaining("The header X-Team holds")
        .withMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "x-acme-key",
        "X-Api-Key",
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "connection"
      })
  void headersThatAreNotTheMessagesToSetAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForwardedHeaders.of("X-Team," + name, ACME))
        .withMessageContaining("forwardHeaders holds " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X Team", "X-Team:", "X-Team;X-Other", "*"})
  void namesThatAreNoneAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForwardedHeaders.of(name, ACME))
        .withMessageContaining("'" + name + "', which is no name");
  }

  private Map<String, String> sent(String names) {
    return ForwardedHeaders.of(names, ACME).addTo(destination(Map.of()), message).headers();
  }

  private static Destination destination(Map<String, String> headers) {
    return new Destination(ACME, URI.create("https://acme.example/v1"), null, headers);
  }
}
