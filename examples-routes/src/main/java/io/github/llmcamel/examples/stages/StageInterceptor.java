/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmEndpoint;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.StageMemory;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.spi.InterceptStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stage of every node of a route that sends to an {@code llm:} endpoint: an answer that
 * memory has is used again, and an answer that arrives is safe before the exchange goes on.
 *
 * <p>The name of a stage is the endpoint's option stageName, else the id of the node. Each piece of
 * a splitter and each round of a loop has an answer of its own. Only answers that are text are used
 * again. Exchanges that are about no document pass unchanged, and so do those at nodes whose
 * endpoint is not known before: toD, enrich, recipientList.
 */
public final class StageInterceptor implements InterceptStrategy {

  private final StageMemory memory;
  private final CallQueue calls;
  private final Executor pool;
  private final boolean retriesFailed;
  private final Answers answers;

  /** Who answers what is not known. */
  public enum Answers {
    /** The model. */
    OF_MODELS,
    /** The simulator in its place, without being waited for: nothing is sent. */
    SIMULATED
  }

  /**
   * @param gate through which calls go out, and those of nobody else
   * @param pool on which exchanges go on whose stage has been remembered; must not refuse
   * @param retriesFailed whether stages that failed in an earlier run are asked again
   */
  public StageInterceptor(
      StageMemory memory, CallGate gate, Executor pool, boolean retriesFailed, Answers answers) {
    this.memory = memory;
    this.calls = new CallQueue(gate);
    this.pool = pool;
    this.retriesFailed = retriesFailed;
    this.answers = answers;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
    // Whoever wraps the node first is handed the node itself; the others are told it separately.
    Processor node = next == null ? target : next;
    if (node instanceof SendProcessor send && send.getEndpoint() instanceof LlmEndpoint endpoint) {
      return new Stage(
          answers == Answers.SIMULATED ? Simulated.inPlaceOf(send, endpoint) : target,
          endpoint,
          name(endpoint, definition),
          Variables.of(send),
          this);
    }
    return Block.of(target, definition);
  }

  private static String name(LlmEndpoint endpoint, NamedNode node) {
    String option = endpoint.getStageName();
    String name = option == null ? node.getId() : option;
    if (name.equals(LedgerEntry.WHOLE)) {
      throw new IllegalArgumentException(
          "A stage is named '%s', which is all stages together in the ledger. Give it another name."
              .formatted(name));
    }
    return name;
  }

  StageMemory memory() {
    return memory;
  }

  CallQueue calls() {
    return calls;
  }

  Executor pool() {
    return pool;
  }

  boolean retriesFailed() {
    return retriesFailed;
  }
}
