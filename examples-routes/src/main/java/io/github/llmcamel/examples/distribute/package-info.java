/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What lets a route run in more than one process, over an existing engine: its endpoints become
 * topics or queues, and nothing else of it changes.
 *
 * <p>{@link io.github.llmcamel.examples.distribute.Distribution} says which endpoints, {@link
 * io.github.llmcamel.examples.distribute.Outstanding} knows which documents are out.
 */
@NullMarked
package io.github.llmcamel.examples.distribute;

import org.jspecify.annotations.NullMarked;
