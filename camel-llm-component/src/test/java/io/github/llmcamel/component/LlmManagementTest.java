/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;

/** What JMX shows of the component. */
class LlmManagementTest extends CamelTestSupport {

  private static final String STALL =
      "llm:simulator?model=demo&extra.fail=stall&maxConcurrentRequests=1";

  private static final String[] ATTRIBUTES = {
    "TotalCalls",
    "FailedCalls",
    "CallsInFlight",
    "QueuedCalls",
    "InputTokens",
    "OutputTokens",
    "EffectiveDefaultProvider"
  };

  private static final String[] TIMES = {
    "FirstTokenP50Millis", "FirstTokenP95Millis", "DurationP50Millis", "DurationP95Millis"
  };

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    super.configureTest(configuration);
    configuration.withEnableJMX();
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getComponent("llm", LlmComponent.class).setDefaultProvider("simulator");
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask").to("llm:default?model=demo");
        from("direct:fail").to("llm:simulator?model=demo&extra.fail=500");
      }
    };
  }

  @Test
  void showsWhatCallsComeTo() throws Exception {
    Exchange answer = template.request("direct:ask", LlmManagementTest::ask);
    template.request("direct:fail", LlmManagementTest::ask);
    CompletableFuture<Exchange> running = template.asyncSend(STALL, LlmManagementTest::ask);
    CompletableFuture<Exchange> waiting = template.asyncSend(STALL, LlmManagementTest::ask);

    await().untilAsserted(() -> assertShows(answer));
    context.stop();
    assertThat(running).isCompleted();
    assertThat(waiting).isCompleted();
  }

  private static void ask(Exchange exchange) {
    exchange.getMessage().setBody("Hi.");
  }

  private void assertShows(Exchange answer) throws Exception {
    assertThat(attributes(ATTRIBUTES))
        .containsExactly(
            new Attribute("TotalCalls", 4L),
            new Attribute("FailedCalls", 1L),
            new Attribute("CallsInFlight", 1L),
            new Attribute("QueuedCalls", 1L),
            new Attribute("InputTokens", answer.getMessage().getHeader("CamelLlmInputTokens")),
            new Attribute("OutputTokens", answer.getMessage().getHeader("CamelLlmOutputTokens")),
            new Attribute("EffectiveDefaultProvider", "simulator"));
  }

  @Test
  void showsHowLongCallsTake() throws Exception {
    assertThat(attributes(TIMES)).extracting(Attribute::getValue).containsOnlyNulls();

    template.request("direct:ask", LlmManagementTest::ask);

    await()
        .untilAsserted(
            () ->
                assertThat(attributes("DurationP50Millis", "DurationP95Millis"))
                    .extracting(Attribute::getValue)
                    .hasOnlyElementsOfType(Long.class));
    assertThat(attributes("FirstTokenP50Millis", "FirstTokenP95Millis"))
        .as("the answer was whole")
        .extracting(Attribute::getValue)
        .containsOnlyNulls();
  }

  private Iterable<Attribute> attributes(String... attributes) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> names =
        beans.queryNames(
            new ObjectName(
                "org.apache.camel:context=%s,type=components,name=\"llm\""
                    .formatted(context.getManagementName())),
            null);
    assertThat(names).hasSize(1);
    return beans.getAttributes(names.iterator().next(), attributes).asList();
  }
}
