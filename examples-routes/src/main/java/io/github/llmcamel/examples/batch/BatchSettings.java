/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.launch.Dsl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run is told.
 *
 * @param model null leaves it to the configuration
 * @param baseUrl null leaves it to the configuration
 * @param streamed whether answers travel as streams; only then the time to the first token is known
 * @param concurrency how many documents are worked on at once
 * @param dsl the language of the route
 */
record BatchSettings(
    Path folder,
    String provider,
    @Nullable String model,
    @Nullable String baseUrl,
    boolean streamed,
    int concurrency,
    Dsl dsl) {}
