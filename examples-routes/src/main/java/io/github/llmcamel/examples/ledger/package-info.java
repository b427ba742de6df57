/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What became of every document at every stage, in a database: what has been answered need not be
 * asked again after a crash, and what has failed can be asked again on its own.
 *
 * <p>{@link io.github.llmcamel.examples.ledger.Ledger} is the database, {@link
 * io.github.llmcamel.examples.ledger.LedgerEntry} one row. It knows JDBC and no Camel; what brings
 * it into a route is in {@code stages}.
 */
@NullMarked
package io.github.llmcamel.examples.ledger;

import org.jspecify.annotations.NullMarked;
