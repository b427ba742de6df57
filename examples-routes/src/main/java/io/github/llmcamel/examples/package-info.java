/**
 * The command line of the examples: {@code ./examples-routes/run <example> [arguments]}.
 *
 * <p>Arguments go in, an exit code comes out: 0 if all went well, 1 if a part failed, 2 if the
 * arguments make no sense. Nobody imports this package; it imports only public packages of the
 * component. Open {@link io.github.llmcamel.examples.Examples} first.
 */
@NullMarked
package io.github.llmcamel.examples;

import org.jspecify.annotations.NullMarked;
