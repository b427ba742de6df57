/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import java.util.List;
import java.util.concurrent.ExecutionException;
import kafka.testkit.KafkaClusterTestKit;
import kafka.testkit.TestKitNodes;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A Kafka of one node in this process, at a free port of this machine. */
public final class KafkaBroker implements AutoCloseable {

  private final KafkaClusterTestKit kafka;

  /** Starts; ready when it returns. */
  public KafkaBroker() throws Exception {
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setCombined(true)
            .setNumBrokerNodes(1)
            .setNumControllerNodes(1)
            .build();
    kafka =
        new KafkaClusterTestKit.Builder(nodes)
            .setConfigProp("offsets.topic.replication.factor", "1")
            .setConfigProp("offsets.topic.num.partitions", "1")
            .setConfigProp("group.initial.rebalance.delay.ms", "0")
            .build();
    kafka.format();
    kafka.startup();
    kafka.waitForReadyBrokers();
  }

  /** Its address, such as {@code localhost:9092}. */
  public String address() {
    return kafka.bootstrapServers();
  }

  /** Creates a topic of one partition. */
  public void createTopic(String name) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  /** Asks the broker; the caller's to close. */
  public Admin admin() {
    return Admin.create(kafka.clientProperties());
  }

  @Override
  public void close() {
    try {
      kafka.close();
    } catch (Exception e) {
      throw new IllegalStateException("The broker does not end.", e);
    }
  }
}
