/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The steps of the gateway's routes. */
@NullMarked
package io.github.llmcamel.examples.gateway.steps;

import org.jspecify.annotations.NullMarked;
