/**
 * Who may ask the gateway, for which models and how often.
 *
 * <p>The value of an {@code Authorization} header comes in; the key it is, or why it is none, goes
 * out. Nothing here knows HTTP or Camel, nothing blocks, and nothing grows with keys that are not
 * configured. The gateway's settings and its server import this package. Open {@link
 * io.github.llmcamel.examples.gateway.access.ApiKeys} first.
 */
@NullMarked
package io.github.llmcamel.examples.gateway.access;

import org.jspecify.annotations.NullMarked;
