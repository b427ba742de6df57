/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import org.jspecify.annotations.Nullable;

/** A document that was named itself. */
final class SingleDocument implements Input {

  private final String name;
  private @Nullable Document document;

  SingleDocument(Document document) {
    this.name = document.id();
    this.document = document;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable Document next() {
    Document once = document;
    document = null;
    return once;
  }
}
