/**
 * What can go wrong, one class for each thing a caller can do about it.
 *
 * <p>All of it is one checked family under camel-http's {@code HttpOperationFailedException}, so
 * that existing {@code onException} clauses work. Messages name the cure and never hold a key or
 * the prompt we sent. Anyone may import this package; it imports {@code model} and, of Camel, that
 * one exception (checked by {@code ArchitectureTest}). Open {@link
 * io.github.llmcamel.error.LlmException} first.
 */
@NullMarked
package io.github.llmcamel.error;

import org.jspecify.annotations.NullMarked;
