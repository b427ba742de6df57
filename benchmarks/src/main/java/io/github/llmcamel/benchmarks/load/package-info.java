/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Programs that put a load on the component and print what it cost, with the model server in
 * another process. Start them with {@code java -cp benchmarks/target/benchmarks.jar}; {@code
 * docs/performance.md} has the commands and the numbers. Open {@link
 * io.github.llmcamel.benchmarks.load.WholeCall} first.
 */
@NullMarked
package io.github.llmcamel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
