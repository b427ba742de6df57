/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reads {@code vectors.txt}: answers of servers, byte by byte, and what must be made of them. */
@NullMarked
package io.github.llmcamel.vectors;

import org.jspecify.annotations.NullMarked;
