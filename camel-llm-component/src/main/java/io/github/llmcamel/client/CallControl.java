/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.observe.Cancellation;

/** Rules a running call from outside. Any thread; nothing here blocks. */
public interface CallControl {

  /** Ends the call and closes its connection; does nothing if it has ended. */
  void cancel(Cancellation reason);

  /** The reader wants nothing more yet, but shows that it is alive: it took something. */
  void progress();

  /** The reader wants events again. */
  void resume();
}
