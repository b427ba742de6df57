/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.launch.CannotStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

  @TempDir private Path folder;

  @Test
  void kafkaAndArtemisComeWithTheirEndpoints() throws Exception {
    assertThat(property(Distribution.of("kafka:k1:9092,k2:9092"), "batch.documents"))
        .startsWith("kafka:llm-documents?brokers=k1:9092,k2:9092&groupId=llm-workers")
        .contains("&consumersCount=8&")
        .contains("&headerSerializer=#class:" + Utf8Headers.class.getName());
    assertThat(property(Distribution.of("artemis:a:61616"), "batch.results"))
        .startsWith("jms:queue:llm-results?selector=RAW(llmSender='me')");
  }

  @Test
  void aFileNamesAnyOther() throws Exception {
    Path file = folder.resolve("mine.properties");
    Files.writeString(file, "batch.documents=direct:{{distribute.sender}}");

    assertThat(property(Distribution.of(file.toString()), "batch.documents"))
        .isEqualTo("direct:me");
  }

  @Test
  void whatIsNoneOfTheseIsRefused() {
    assertThatThrownBy(() -> Distribution.of("rabbit:r"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--distribute is rabbit:r; it must be kafka:host:port, artemis:host:port, or a file of"
                + " properties.");
  }

  @Test
  void aKafkaWithoutAPortIsRefused() {
    assertThatThrownBy(Distribution.of("kafka:nowhere")::prepare)
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("nowhere");
  }

  private static String property(Distribution distribution, String name) throws Exception {
    Main main = new Main();
    main.configure().withRoutesIncludePattern("false");
    distribution.addTo(main, "me", 8);
    main.init();
    try {
      return main.getCamelContext().resolvePropertyPlaceholders("{{" + name + "}}");
    } finally {
      main.stop();
    }
  }
}
