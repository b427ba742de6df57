/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import io.github.llmcamel.otel.testkit.KafkaBroker;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Kafka for the tests of a class, and what it knows of groups. Tests keep to their own topics.
 */
public final class RunningKafka implements BeforeAllCallback, AfterAllCallback {

  private @Nullable KafkaBroker broker;

  @Override
  public void beforeAll(ExtensionContext tests) throws Exception {
    broker = new KafkaBroker();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    broker().close();
  }

  /** As users name it: {@code kafka:host:port}. */
  public String where() {
    return "kafka:" + broker().address();
  }

  /** How many messages a group has committed, in all partitions. */
  public long committed(String group) throws Exception {
    try (Admin admin = broker().admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  /** The state of a group and its consumers, with those that wait for partitions. */
  public ConsumerGroupDescription group(String name) throws Exception {
    try (Admin admin = broker().admin()) {
      return Objects.requireNonNull(
          admin.describeConsumerGroups(List.of(name)).all().get().get(name));
    }
  }

  private KafkaBroker broker() {
    return Objects.requireNonNull(broker);
  }
}
