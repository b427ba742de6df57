/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmEndpoint;
import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.error.LlmException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/** A node of a route that asks a model about a document, unless the answer is known. */
final class Stage extends DelegateAsyncProcessor {

  private final LlmEndpoint endpoint;
  private final String name;
  private final Variables variables;
  private final StageInterceptor shared;

  /**
   * @param node asks the model
   * @param variables of the node
   */
  Stage(
      Processor node,
      LlmEndpoint endpoint,
      String name,
      Variables variables,
      StageInterceptor shared) {
    super(node);
    this.endpoint = endpoint;
    this.name = name;
    this.variables = variables;
    this.shared = shared;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    DocumentStages document = DocumentStages.of(exchange);
    if (document == null) {
      return ask(exchange, callback);
    }
    document.enterStage();
    Visit visit;
    try {
      RequestPreview request = endpoint.preview(variables.asSent(exchange));
      visit = new Visit(this, document, request, exchange, callback);
    } catch (LlmException | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    visit.begin();
    return false;
  }

  /** Asks the model, whatever is known. */
  boolean ask(Exchange exchange, AsyncCallback callback) {
    return super.process(exchange, callback);
  }

  String name() {
    return name;
  }

  Variables variables() {
    return variables;
  }

  /** What the stages of a context share. */
  StageInterceptor shared() {
    return shared;
  }

  /** Null if there is none. */
  @Nullable String promptVersion() {
    return endpoint.getPromptVersion();
  }
}
