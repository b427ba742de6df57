/**
 * Who answers, as data: the table of known providers and what a call needs to reach one.
 *
 * <p>Nothing here does anything: no I/O, no thread, no clock. Anyone may import this package; it
 * imports only the JDK and JSpecify (checked by {@code ArchitectureTest}). Adding an
 * OpenAI-compatible provider is one line in {@link io.github.llmcamel.provider.Providers}: open it
 * first.
 */
@NullMarked
package io.github.llmcamel.provider;

import org.jspecify.annotations.NullMarked;
