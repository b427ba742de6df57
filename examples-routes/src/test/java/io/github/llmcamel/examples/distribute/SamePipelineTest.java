/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.stages.PipelineVersion;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class SamePipelineTest {

  private final CamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);
  private final SamePipeline pipeline = new SamePipeline();

  @Test
  void aDocumentOfThisPipelineAndOneThatNobodyHasSentAreWorkedOn() throws Exception {
    pipeline.check(exchange);
    exchange.getMessage().setHeader("llmPipeline", PipelineVersion.of(context).text());
    pipeline.check(exchange);

    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("llmRefusedBy");
  }

  @Test
  void oneOfAnotherPipelineIsRefusedAndItsSenderTold() {
    exchange.getMessage().setHeader("llmPipeline", "0123456789ab");

    assertThatThrownBy(() -> pipeline.check(exchange))
        .isInstanceOf(OtherPipelineException.class)
        .hasMessageStartingWith("The pipeline of the run is 0123456789ab, that of a worker ")
        .hasMessageEndingWith("Start both with the same.");
    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("llmRefusedBy", PipelineVersion.of(context).text());
  }
}
