/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * HTTP servers that a streamed answer may be served by, each in a process of its own, to choose one
 * by measurement. Open {@link io.github.llmcamel.benchmarks.choice.ChatServer} first.
 */
@NullMarked
package io.github.llmcamel.benchmarks.choice;

import org.jspecify.annotations.NullMarked;
