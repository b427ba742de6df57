/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderTest {

  @TempDir private Path out;
  @TempDir private Path other;

  @Test
  void theSenderOfAFolderStaysTheSameWhereverItIsMounted() throws IOException {
    String sender = new OutFolder(out).sender();
    Files.move(out.resolve("sender"), other.resolve("sender"));

    assertThat(new OutFolder(other).sender()).isEqualTo(sender).matches("batch-[0-9a-f-]{36}");
    assertThat(new OutFolder(out).sender()).isNotEqualTo(sender);
  }

  @Test
  void aSenderOfWhichHalfWasWrittenIsNone() throws IOException {
    Files.writeString(out.resolve("sender.part"), "batch-");

    assertThat(new OutFolder(out).sender()).hasSize(42);
  }

  @Test
  void itIsNoDocument() throws IOException {
    OutFolder folder = new OutFolder(out);
    folder.sender();

    assertThat(folder.isOwn(out.resolve("sender"))).isTrue();
    assertThat(folder.isOwn(other.resolve("sender"))).isFalse();
  }
}
