/**
 * Tests against real servers, for {@code -Preal} alone: their addresses come from the environment.
 */
@NullMarked
package io.github.llmcamel.real;

import org.jspecify.annotations.NullMarked;
