/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class Utf8HeadersTest {

  private static final String NAME = "Müller – 請求書.pdf";

  private final Utf8Headers headers = new Utf8Headers();

  @Test
  void textIsWrittenInTheCharsetInWhichItIsRead() throws Exception {
    byte[] written = headers.serialize("llmDocument", NAME);

    assertThat(written).isEqualTo(NAME.getBytes(StandardCharsets.UTF_8));
    CamelContext context = new DefaultCamelContext();
    assertThat(context.getTypeConverter().convertTo(String.class, written)).isEqualTo(NAME);
    context.stop();
  }

  @Test
  void anythingElseIsWrittenAsCamelDoes() {
    assertThat(headers.serialize("number", 7)).isEqualTo(ByteBuffer.allocate(4).putInt(7).array());
  }
}
