/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the examples have in common: how they start. */
@NullMarked
package io.github.llmcamel.examples.launch;

import org.jspecify.annotations.NullMarked;
