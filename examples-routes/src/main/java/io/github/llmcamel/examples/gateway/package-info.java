/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** An OpenAI-compatible server in front of any model server, as a Camel route. */
@NullMarked
package io.github.llmcamel.examples.gateway;

import org.jspecify.annotations.NullMarked;
