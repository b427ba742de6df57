/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import java.nio.charset.StandardCharsets;
import org.apache.camel.component.kafka.serde.DefaultKafkaHeaderSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Headers of Kafka in the charset in which Camel reads them, which is not that of every machine: a
 * document whose name is not ASCII would come back under another one. Kafka's endpoints name it.
 */
public final class Utf8Headers extends DefaultKafkaHeaderSerializer {

  @Override
  public byte @Nullable [] serialize(String key, @Nullable Object value) {
    return value instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : super.serialize(key, value);
  }
}
