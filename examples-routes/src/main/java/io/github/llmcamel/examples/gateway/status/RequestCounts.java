/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import java.util.Map;

/**
 * What the requests of clients add up to, at one moment. Requests go on meanwhile, so numbers may
 * differ by one from each other.
 *
 * @param inFlight those that are worked on now, open streams included
 * @param queued those that wait for their turn now
 * @param streams answers that are being streamed now
 * @param answered those that have ended, by the class of their status: 2xx, 3xx, 4xx, 5xx
 * @param rejected those that the gateway itself turned away, by reason; each is answered too
 * @param clientsGone those whose client left before the end of its answer
 * @param slowClientsCut those that were ended because their client did not read
 */
record RequestCounts(
    long inFlight,
    long queued,
    long streams,
    Map<String, Long> answered,
    Map<Rejection, Long> rejected,
    long clientsGone,
    long slowClientsCut) {}
