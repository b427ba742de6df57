/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import io.github.llmcamel.examples.stages.PipelineVersion;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a run has results of its own pipeline alone. A document of another one is
 * answered without asking a model: it may be left from an older run, which nobody waits for; else
 * the run ends with the reason. Thread-safe.
 */
public final class SamePipeline {

  private static final Logger LOG = LoggerFactory.getLogger(SamePipeline.class);

  private final AtomicBoolean isToldOf = new AtomicBoolean();

  /**
   * A step before a document is worked on.
   *
   * @throws OtherPipelineException if it was sent for another pipeline; the first one is logged
   */
  public void check(Exchange exchange) throws OtherPipelineException {
    Message message = exchange.getMessage();
    String own = PipelineVersion.of(exchange.getContext()).text();
    String asked = message.getHeader(MessageHeaders.PIPELINE, own, String.class);
    if (!asked.equals(own)) {
      message.setHeader(MessageHeaders.REFUSED_BY, own);
      OtherPipelineException refusal = new OtherPipelineException(asked, own);
      if (isToldOf.compareAndSet(false, true)) {
        LOG.warn("{} No such document is worked on.", refusal.getMessage());
      }
      throw refusal;
    }
  }
}
