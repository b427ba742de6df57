/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run over a set of documents.
 *
 * @param id of the run; not unique beyond its ledger
 * @param documents how many there are, as far as is known
 * @param seen how many of them are through, done or failed
 * @param failed how many of those have failed
 * @param updatedAt when these numbers were true
 * @param endedAt null while it runs, and if it was killed
 */
public record LedgerRun(
    String id,
    Instant startedAt,
    long documents,
    long seen,
    long failed,
    Instant updatedAt,
    @Nullable Instant endedAt) {}
