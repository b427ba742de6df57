/**
 * What a gateway shows of itself: a page for people, and the report that the page reads.
 *
 * <p>The edge of the gateway feeds {@link io.github.llmcamel.examples.gateway.status.GatewayCounts}
 * and serves {@link io.github.llmcamel.examples.gateway.status.StatusReport} and {@link
 * io.github.llmcamel.examples.gateway.status.StatusPage}. The numbers of each model are those of
 * the component's developer console. Knows no HTTP server; everything public is thread-safe and
 * blocks nobody.
 */
@NullMarked
package io.github.llmcamel.examples.gateway.status;

import org.jspecify.annotations.NullMarked;
