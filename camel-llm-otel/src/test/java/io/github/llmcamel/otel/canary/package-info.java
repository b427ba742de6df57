/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Words that must not leave, in all that a call says and is told, and the search for them. */
@NullMarked
package io.github.llmcamel.otel.canary;

import org.jspecify.annotations.NullMarked;
