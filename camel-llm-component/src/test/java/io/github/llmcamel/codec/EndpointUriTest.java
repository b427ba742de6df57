/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointUriTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:8000/v1,http://h:8000/v1/chat",
    "http://h:8000/v1/,http://h:8000/v1/chat",
    "http://h:8000/v1/chat,http://h:8000/v1/chat",
    "http://h,http://h/chat",
    "http://h/,http://h/chat",
    "https://api.groq.com/openai/v1,https://api.groq.com/openai/v1/chat",
    "http://h/v1?api-version=2024-10-21&a=%20b,http://h/v1/chat?api-version=2024-10-21&a=%20b",
    "http://[::1]:8080/a%20b,http://[::1]:8080/a%20b/chat",
    "simulator://simulator/v1,simulator://simulator/v1/chat"
  })
  void appendsAPathWithOneSlashAndKeepsPrefixAndQuery(URI base, URI expected) {
    assertThat(EndpointUri.append(base, "/chat")).isEqualTo(expected);
  }

  @Test
  void encodesASegment() {
    assertThat(EndpointUri.segment("my model/ü?")).isEqualTo("my%20model%2F%C3%BC%3F");
  }
}
