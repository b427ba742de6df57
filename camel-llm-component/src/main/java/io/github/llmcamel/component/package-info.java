/**
 * The Camel edge: the scheme {@code llm:}.
 *
 * <p>An exchange comes in, becomes a request for {@code client}, and the answer goes back as body
 * and headers. The only package that imports Camel (checked by {@code ArchitectureTest}); nobody
 * inside the component imports it. The caller's thread binds and submits; exchanges complete on a
 * pool that Camel manages. Open {@code LlmProducer} first.
 */
@NullMarked
package io.github.llmcamel.component;

import org.jspecify.annotations.NullMarked;
