/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.transport.HttpProxy;
import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.HttpSettings.ProtocolVersion;
import io.github.llmcamel.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransportsTest {

  private static final HttpSettings PROXIED =
      new HttpSettings(null, new HttpProxy("p", 1, null, List.of()), ProtocolVersion.AUTO);

  private final List<FakeTransport> opened = new ArrayList<>();
  private final Transports transports =
      new Transports(
          settings -> {
            FakeTransport transport = new FakeTransport();
            opened.add(transport);
            return transport;
          });

  @Test
  void equalSettingsShareOne() {
    Transport first = transports.of(HttpSettings.DEFAULT);
    HttpSettings equal = new HttpSettings(null, null, ProtocolVersion.AUTO);

    assertThat(transports.of(equal)).isSameAs(first);
    assertThat(transports.of(PROXIED)).isNotSameAs(first);
  }

  @Test
  void allAreClosedAlsoThoseThatComeTooLate() {
    transports.of(HttpSettings.DEFAULT);

    transports.close();
    transports.of(PROXIED);

    assertThat(opened).hasSize(2).allMatch(transport -> transport.closed);
  }
}
