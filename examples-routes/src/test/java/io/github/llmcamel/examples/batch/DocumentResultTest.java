/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentResultTest {

  /** As systems do whose language has no such letters. */
  @Test
  void aDocumentWhoseNameIsNoPathHasANameAllTheSame() {
    String document = Path.of("in").resolve("x").toString().replace("x", "gr\0\uFFFDe.txt");

    assertThat(DocumentResults.failed(document, "no").fileName()).isEqualTo("gr\0\uFFFDe.txt");
    assertThat(DocumentResults.failed("a.txt", "no").fileName()).isEqualTo("a.txt");
    assertThat(DocumentResults.failed("https://example.org/docs/", "no").fileName())
        .isEqualTo("https://example.org/docs/");
  }
}
