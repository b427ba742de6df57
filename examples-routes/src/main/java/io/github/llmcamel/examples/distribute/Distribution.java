/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import io.github.llmcamel.examples.launch.CannotStartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.apache.camel.util.IOHelper;
import org.apache.camel.util.OrderedProperties;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Over what a batch is distributed: properties that put other endpoints in the place of those in
 * the process. All processes of a batch have the same.
 */
public final class Distribution {

  /** What a message fails with that the broker finds too large. */
  public static final Class<? extends Exception> TOO_LARGE = RecordTooLargeException.class;

  private static final String KAFKA = "kafka:";
  private static final String ARTEMIS = "artemis:";
  private static final String PREFIX = "distribute.prefix";

  private final Properties properties;
  private final @Nullable String kafka;

  private Distribution(Properties properties, @Nullable String kafka) {
    this.properties = properties;
    this.kafka = kafka;
  }

  /**
   * Reads what a user asks for.
   *
   * @param where {@code kafka:host:port} or {@code artemis:host:port}, for the endpoints that come
   *     with this example, or a file of properties
   * @throws IllegalArgumentException if it is none of these; says what it may be
   */
  public static Distribution of(String where) {
    try {
      if (where.startsWith(KAFKA)) {
        String brokers = where.substring(KAFKA.length());
        return new Distribution(known("kafka", brokers), brokers);
      }
      if (where.startsWith(ARTEMIS)) {
        return new Distribution(known("artemis", where.substring(ARTEMIS.length())), null);
      }
      return new Distribution(read(Path.of(where)), null);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--distribute is %s; it must be kafka:host:port, artemis:host:port, or a file of properties."
              .formatted(where),
          e);
    }
  }

  private static Properties known(String engine, String address) throws IOException {
    Properties properties = new OrderedProperties();
    properties.setProperty("distribute.address", address);
    try (InputStream file =
        Distribution.class.getResourceAsStream("/distribute/" + engine + ".properties")) {
      properties.load(Objects.requireNonNull(file));
    }
    return properties;
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new OrderedProperties();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(text);
    }
    return properties;
  }

  /**
   * Makes sure that what messages go through is there, where this is known to be needed.
   *
   * @throws CannotStartException if the broker cannot be reached, or does not let us; says what to
   *     do
   */
  public void prepare() throws CannotStartException {
    if (kafka != null) {
      try {
        KafkaTopics.create(kafka, prefix());
      } catch (IOException e) {
        throw new CannotStartException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** As Camel finds it: what the environment or the JVM says goes before the file. */
  private String prefix() {
    String environment = IOHelper.lookupEnvironmentVariable(PREFIX);
    return environment != null
        ? environment
        : System.getProperty(PREFIX, properties.getProperty(PREFIX, ""));
  }

  /**
   * Puts the endpoints in place, before the context starts.
   *
   * @param sender who waits for results
   * @param concurrency how many documents this process works on at once; 1 and above
   */
  public void addTo(Main main, String sender, int concurrency) {
    main.addOverrideProperty("distribute.sender", sender);
    main.addOverrideProperty("distribute.concurrency", Integer.toString(concurrency));
    for (Map.Entry<Object, Object> property : properties.entrySet()) {
      main.addOverrideProperty((String) property.getKey(), (String) property.getValue());
    }
  }
}
