/**
 * Where documents come from, and how they become text.
 *
 * <p>Names of files, folders, patterns and URLs come in, {@link
 * io.github.llmcamel.examples.documents.Document}s go out one after another, and {@link
 * io.github.llmcamel.examples.documents.DocumentText} and {@link
 * io.github.llmcamel.examples.documents.DocumentRoute} make text of them. Anyone may import this
 * package; it imports no other package of the examples, and hides the libraries it reads with
 * (checked by {@code ArchitectureTest}). A source is confined to the thread that asks it; steps of
 * routes are safe for all threads. Open {@link
 * io.github.llmcamel.examples.documents.DocumentSource} first.
 */
@NullMarked
package io.github.llmcamel.examples.documents;

import org.jspecify.annotations.NullMarked;
