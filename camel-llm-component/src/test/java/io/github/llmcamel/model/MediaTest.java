/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.Part.Media;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 1_000})
  void knowsTheSizeOfItsContent(int size) {
    assertThat(Media.of("image/png", new byte[size], null).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"https://h/a.png?b=c, 0", "'data:image/svg+xml,<svg/>', 6", "u, 1"})
  void countsTheCharactersThatAreNotBase64(String url, long size) {
    assertThat(new Media(Media.Kind.IMAGE, url, null, null).size()).isEqualTo(size);
  }
}
