/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.DocumentRoute;
import org.apache.camel.main.Main;

/** The route and who answers in it, the same in each process that works on documents. */
final class Pipeline {

  private static final String TEMPLATES = "classpath:routes/templates/*.camel.yaml";

  private Pipeline() {}

  /** Not started; what the route calls by name is to be bound. */
  static Main configured(BatchSettings.Asked asked) {
    Main main = new Main();
    main.configure().addConfiguration(new ResultNames());
    main.configure().addRoutesBuilder(new DocumentRoute());
    String routes = asked.routes();
    if (routes == null) {
      main.configure().addRoutesBuilder(new BatchRoute());
    }
    main.configure().withRoutesIncludePattern(TEMPLATES + (routes == null ? "" : "," + routes));
    main.addInitialProperty("batch.provider", asked.provider());
    String prefix =
        asked.provider().equals("default")
            ? "camel.component.llm."
            : "camel.component.llm.providers[%s].".formatted(asked.provider());
    if (asked.model() != null) {
      main.addInitialProperty(prefix + "model", asked.model());
    }
    if (asked.baseUrl() != null) {
      main.addInitialProperty(prefix + "base-url", asked.baseUrl());
    }
    if (asked.streamed()) {
      main.addInitialProperty("camel.component.llm.stream-mode", "aggregate");
    }
    if (asked.prices() != null) {
      main.addInitialProperty("camel.component.llm.price-table", asked.prices());
    }
    return main;
  }
}
