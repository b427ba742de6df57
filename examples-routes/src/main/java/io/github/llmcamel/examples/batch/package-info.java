/**
 * The main job: a folder of documents goes through three questions to a model.
 *
 * <p>A folder comes in; {@code results.jsonl} and a summary come out. {@link
 * io.github.llmcamel.examples.batch.BatchRoute} is the pipeline and the file to copy from; the rest
 * reads documents and keeps the results. The route's threads bring documents in parallel, the
 * results are safe for that. Nobody but the command line imports this package.
 */
@NullMarked
package io.github.llmcamel.examples.batch;

import org.jspecify.annotations.NullMarked;
