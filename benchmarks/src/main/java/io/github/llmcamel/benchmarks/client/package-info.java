/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * An HTTP client for measurements: one thread, any number of connections, and the time of what
 * came. Open {@link io.github.llmcamel.benchmarks.client.LoadClient} first.
 */
@NullMarked
package io.github.llmcamel.benchmarks.client;

import org.jspecify.annotations.NullMarked;
