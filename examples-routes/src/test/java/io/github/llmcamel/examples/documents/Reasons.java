/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads files, or says why not. */
final class Reasons {

  private Reasons() {}

  static String text(Path file) throws UnreadableDocumentException {
    return new DocumentText().read(Document.File.at(file));
  }

  static @Nullable String of(Path file) {
    return of(file, DocumentLimits.DEFAULT);
  }

  static @Nullable String of(Path file, DocumentLimits limits) {
    return of(Document.File.at(file), limits);
  }

  static @Nullable String of(Document document, DocumentLimits limits) {
    return catchThrowableOfType(
            UnreadableDocumentException.class, () -> new DocumentText(limits).read(document))
        .getMessage();
  }
}
