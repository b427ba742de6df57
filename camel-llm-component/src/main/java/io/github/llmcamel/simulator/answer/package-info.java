/**
 * What the simulator says: reads the instruction, then extracts, classifies or sums up the document
 * with rules that can be followed by hand.
 *
 * <p>Messages come in, one text goes out; the same messages always give the same text, in time that
 * grows linearly with them. Internal, may change any day; only the simulator's own package imports
 * this one, which knows Jackson and the JDK (checked by {@code ArchitectureTest}). Everything here
 * is a pure function on the caller's thread. Open {@link
 * io.github.llmcamel.simulator.answer.ChatAnswer} first.
 */
@NullMarked
package io.github.llmcamel.simulator.answer;

import org.jspecify.annotations.NullMarked;
