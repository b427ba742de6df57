/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CamelTracingSpanTest {

  @Test
  void isNoneWithoutTheClassesOfCamelTracing() throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN, "a span");

    try (WithoutCamelTracing loader = new WithoutCamelTracing()) {
      Class<?> type = loader.loadClass(CamelTracingSpan.class.getName());
      Method of = type.getDeclaredMethod("of", Exchange.class);
      of.setAccessible(true);

      assertThat(type).isNotSameAs(CamelTracingSpan.class);
      assertThat(of.invoke(null, exchange)).isNull();
      assertThat(of.invoke(null, exchange)).isNull();
      assertThat(loader.asked).isEqualTo(1);
    }
  }

  /** Loads our classes anew and has none of camel-tracing. */
  private static final class WithoutCamelTracing extends URLClassLoader {
    private int asked;

    private WithoutCamelTracing() {
      super(
          new URL[] {CamelTracingSpan.class.getProtectionDomain().getCodeSource().getLocation()},
          CamelTracingSpanTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.camel.tracing.")) {
        asked++;
        throw new ClassNotFoundException(name);
      }
      return name.startsWith(CamelTracingSpan.class.getName())
          ? findClass(name)
          : super.loadClass(name, resolve);
    }
  }
}
