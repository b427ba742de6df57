/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StarterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "camel.component.llm.providers[groq].apikeyy",
        "camel.component.llm.nope",
        "camel.component.llm.providers[groq].kee"
      })
  void aPropertyThatIsMisspeltIsNamedWithoutItsValue(String name) {
    Main main = new Main();
    main.addInitialProperty(name, "topsecret");
    try {
      Starter.start(main);
      throw new AssertionError("It started.");
    } catch (CannotStartException e) {
      assertThat(e.getMessage())
          .startsWith("camel.component.llm." + name.substring(name.lastIndexOf('.') + 1) + ": ")
          .doesNotContain("topsecret");
    } finally {
      main.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm:simulator?key=topsecret", "llm:simulator?apikeyy=topsecret&a=b"})
  void anOptionThatIsMisspeltIsNamedWithoutItsValue(String uri) {
    DefaultCamelContext context = new DefaultCamelContext();
    try {
      context.getEndpoint(uri);
      throw new AssertionError("It is an endpoint.");
    } catch (RuntimeException e) {
      assertThat(Starter.reason(e)).contains("key").doesNotContain("topsecret");
    } finally {
      context.stop();
    }
  }
}
