/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

/** What travels with a document and with its result; names that Kafka and JMS both carry. */
public final class MessageHeaders {

  /** What tells the document from all others. */
  public static final String DOCUMENT = "llmDocument";

  /** SHA-256 of the document's text, in hex. */
  public static final String CONTENT = "llmContent";

  /** Who has sent the document and waits for its result. */
  public static final String SENDER = "llmSender";

  /** The {@link io.github.llmcamel.examples.stages.PipelineVersion} of who has sent it. */
  public static final String PIPELINE = "llmPipeline";

  /** The version of the worker, if it has another pipeline and has not worked on it. */
  static final String REFUSED_BY = "llmRefusedBy";

  /** By which Kafka keeps the messages of a document in order. */
  static final String KAFKA_KEY = "kafka.KEY";

  /** By which JMS keeps the messages of a document in order. */
  static final String JMS_GROUP = "JMSXGroupID";

  private MessageHeaders() {}
}
