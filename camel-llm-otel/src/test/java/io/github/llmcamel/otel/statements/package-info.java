/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What is promised of telemetry, statement by statement, and each in both profiles.
 *
 * <p>{@link io.github.llmcamel.otel.statements.LlmRoutes} asks a provider that answers as {@link
 * io.github.llmcamel.otel.statements.Answer} says; what comes of it is looked at as it would be
 * exported. {@link io.github.llmcamel.otel.statements.EmittedNamesTest} writes the page of all
 * names.
 */
@NullMarked
package io.github.llmcamel.otel.statements;

import org.jspecify.annotations.NullMarked;
