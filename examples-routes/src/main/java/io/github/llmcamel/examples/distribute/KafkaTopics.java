/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of a batch where there are none. */
final class KafkaTopics {

  /** As many consumers can share the work: three workers of eight. */
  private static final int PARTITIONS = 24;

  private static final String LARGEST_MESSAGE = "8388608";
  private static final int PATIENCE_MILLIS = 15_000;

  private KafkaTopics() {}

  /**
   * @throws IOException if Kafka cannot be reached, or does not create topics; says which
   */
  static void create(String brokers, String prefix) throws IOException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            brokers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS);
    List<NewTopic> topics =
        Stream.of("documents", "results", "dead-letters")
            .map(name -> topic(prefix + name))
            .toList();
    try (Admin admin = Admin.create(settings)) {
      for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
        await(created);
      }
    } catch (KafkaException e) {
      throw refused(brokers, e);
    }
  }

  private static void await(KafkaFuture<Void> created) throws IOException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
        .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_MESSAGE));
  }

  private static IOException refused(String brokers, Throwable cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    return new IOException(
        "Kafka at %s has no topics for the batch and creates none: %s Check the address and your rights."
            .formatted(brokers, reason.getMessage()),
        cause);
  }
}
