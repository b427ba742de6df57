/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What makes a route a pipeline that survives: between each {@code to("llm:…")} and its model
 * stands a ledger that knows earlier answers, a budget, and a limit of concurrency. Routes need not
 * know.
 *
 * <p>Bind a {@link io.github.llmcamel.examples.stages.StageInterceptor}, and begin each document
 * with {@link io.github.llmcamel.examples.stages.DocumentStages#begin}.
 */
@NullMarked
package io.github.llmcamel.examples.stages;

import org.jspecify.annotations.NullMarked;
