/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Documents that come one after another. Opens nothing before the first one is asked for. */
interface Input extends Closeable {

  /** What it is called should it fail. */
  String name();

  /**
   * The next document; null after the last one.
   *
   * @throws IOException if nothing more can be read of it
   */
  @Nullable Document next() throws IOException;

  @Override
  default void close() throws IOException {}
}
