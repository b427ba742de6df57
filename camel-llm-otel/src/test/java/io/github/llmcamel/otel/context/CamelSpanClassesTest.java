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

/** Applications have the classes of one of Camel's tracers, or of none. */
class CamelSpanClassesTest {

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void thereIsNoSpanWithoutTheClassesOfCamelTracing() throws Exception {
    exchange.setProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN, "a span");

    findsNone(CamelTracingSpan.class, "org.apache.camel.tracing.");
  }

  @Test
  void thereIsNoSpanWithoutTheClassesOfCamelTelemetry() throws Exception {
    exchange.setProperty("tracing.activeSpan", "a span");

    findsNone(CamelTelemetrySpan.class, "org.apache.camel.telemetry.");
  }

  private void findsNone(Class<?> reader, String missing) throws Exception {
    try (WithoutClasses loader = new WithoutClasses(reader, missing)) {
      Class<?> type = loader.loadClass(reader.getName());
      Method of = type.getDeclaredMethod("of", Exchange.class);
      of.setAccessible(true);

      assertThat(type).isNotSameAs(reader);
      assertThat(of.invoke(null, exchange)).isNull();
      assertThat(of.invoke(null, exchange)).isNull();
      assertThat(loader.asked).isEqualTo(1);
    }
  }

  /** Loads our class anew and has none of those it reads. */
  private static final class WithoutClasses extends URLClassLoader {
    private final Class<?> reader;
    private final String missing;
    private int asked;

    private WithoutClasses(Class<?> reader, String missing) {
      super(
          new URL[] {reader.getProtectionDomain().getCodeSource().getLocation()},
          reader.getClassLoader());
      this.reader = reader;
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(missing)) {
        asked++;
        throw new ClassNotFoundException(name);
      }
      return name.startsWith(reader.getName()) ? findClass(name) : super.loadClass(name, resolve);
    }
  }
}
