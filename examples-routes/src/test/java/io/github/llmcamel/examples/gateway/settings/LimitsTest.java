/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void silenceIsBrokenWhenItIsToldOrEarlierForTheIdleTimer() {
    assertThat(Limits.DEFAULTS.longestSilence()).isEqualTo(Duration.ofSeconds(10));
    Properties properties = new Properties();
    properties.setProperty("gateway.client-idle-timeout", "12s");
    assertThat(GatewaySettings.read(properties).limits().longestSilence())
        .isEqualTo(Duration.ofSeconds(6));
  }
}
