/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** OpenAI's formats and errors, as its clients read them. */
@NullMarked
package io.github.llmcamel.examples.gateway.api;

import org.jspecify.annotations.NullMarked;
