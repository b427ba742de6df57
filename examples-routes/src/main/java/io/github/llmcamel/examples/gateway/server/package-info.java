/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The HTTP server's edge: who comes in, and how answers go out without a thread that waits. */
@NullMarked
package io.github.llmcamel.examples.gateway.server;

import org.jspecify.annotations.NullMarked;
