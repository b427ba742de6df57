/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The real servers that tests of several examples look at. */
@NullMarked
package io.github.llmcamel.examples.real;

import org.jspecify.annotations.NullMarked;
