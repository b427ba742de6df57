/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import io.github.llmcamel.price.Cost;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one group add up to, at one moment. Calls go on meanwhile, so numbers may
 * differ by one from each other.
 *
 * @param calls all that have started
 * @param failed those that failed
 * @param cancelled those that were ended from our side
 * @param queued those that wait for a place now
 * @param inFlight those that were sent and have not ended yet
 * @param inputTokens as far as providers have said
 * @param outputTokens as far as providers have said
 * @param costs what calls whose cost is known cost, one for each currency
 * @param errors how many failed, by their error type; rare types beyond the first few are {@code
 *     other}
 * @param firstTokenP50 from sending to the first content of a stream, at most so long for half of
 *     them, within 6 %; null if none has had any
 * @param firstTokenP95 the same for 95 % of them
 * @param durationP50 from the start of a call that completed to its end, at most so long for half
 *     of them, within 6 %; null if none has completed
 * @param durationP95 the same for 95 % of them
 */
public record CallCounts(
    CallGroup group,
    long calls,
    long failed,
    long cancelled,
    long queued,
    long inFlight,
    long inputTokens,
    long outputTokens,
    List<Cost> costs,
    Map<String, Long> errors,
    @Nullable Duration firstTokenP50,
    @Nullable Duration firstTokenP95,
    @Nullable Duration durationP50,
    @Nullable Duration durationP95) {

  public CallCounts {
    costs = List.copyOf(costs);
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
  }
}
