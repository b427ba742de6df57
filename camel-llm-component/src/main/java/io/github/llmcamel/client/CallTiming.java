/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a call took, by the monotonic clock.
 *
 * @param duration from the start of the call to its end
 * @param timeToFirstToken from sending to the first event with text, reasoning, refusal or
 *     tool-call data; null for a whole answer, and if nothing of that kind came
 */
public record CallTiming(Duration duration, @Nullable Duration timeToFirstToken) {}
