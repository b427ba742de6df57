/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A model server for measurements: one thread, any number of connections, in a process of its own
 * so that its work is not counted. Open {@link io.github.llmcamel.benchmarks.server.LoopbackServer}
 * first.
 */
@NullMarked
package io.github.llmcamel.benchmarks.server;

import org.jspecify.annotations.NullMarked;
