/**
 * What the calls since the start add up to: for the developer console and JMX.
 *
 * <p>Internal, may change any day. The signals of {@code observe} go in, numbers come out; only
 * {@code component} imports this package, which knows no Camel (checked by {@code
 * ArchitectureTest}). Counting runs on the reply thread and takes neither a lock nor, but for the
 * first call of a group, memory that stays. Open {@link
 * io.github.llmcamel.statistics.CallStatistics} first.
 */
@NullMarked
package io.github.llmcamel.statistics;

import org.jspecify.annotations.NullMarked;
