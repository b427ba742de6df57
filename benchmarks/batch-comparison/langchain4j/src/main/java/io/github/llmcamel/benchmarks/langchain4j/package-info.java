/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The batch of the examples, as a user of LangChain4j writes it: only to compare. */
@NullMarked
package io.github.llmcamel.benchmarks.langchain4j;

import org.jspecify.annotations.NullMarked;
