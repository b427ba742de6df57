/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the route templates in {@code routes/templates} need beside EIPs: steps that make something
 * of an answer, and that cut texts that are too long for one call.
 *
 * <p>Routes use them through {@code kamelet:classify} and so on; {@code docs/pipelines.md} says
 * how. Anyone may import this package; it imports {@code documents} alone. Its steps are safe for
 * all threads.
 */
@NullMarked
package io.github.llmcamel.examples.pipelines;

import org.jspecify.annotations.NullMarked;
