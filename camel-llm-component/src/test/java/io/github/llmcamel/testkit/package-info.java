/**
 * What tests of all modules share: a server that does exactly as it is told, a clock that is moved
 * by hand, an observer that remembers, the log of a test.
 *
 * <p>Published as the test jar of the component. Nothing here sleeps: tests advance gates and the
 * clock. Open {@link io.github.llmcamel.testkit.ScriptedLlmServer} first.
 */
@NullMarked
package io.github.llmcamel.testkit;

import org.jspecify.annotations.NullMarked;
