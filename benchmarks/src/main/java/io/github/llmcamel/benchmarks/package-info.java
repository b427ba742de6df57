/**
 * Measurements, by JMH.
 *
 * <p>Bytes as providers send them go in, times and allocations come out. Nobody imports this
 * package. Each benchmark runs on JMH's threads in a JVM of its own; {@code docs/performance.md}
 * names the command, the machine and the numbers. Open {@link
 * io.github.llmcamel.benchmarks.DecodeStream} first.
 */
@NullMarked
package io.github.llmcamel.benchmarks;

import org.jspecify.annotations.NullMarked;
