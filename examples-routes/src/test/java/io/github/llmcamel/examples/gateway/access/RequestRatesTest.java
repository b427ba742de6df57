/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.bucket4j.TimeMeter;
import io.github.llmcamel.examples.gateway.access.RequestRate.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RequestRates rates =
      new RequestRates(
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  @Test
  void asManyMayComeAtOnceAsTheLimitAndNoMore() {
    ApiKey key = key("a", 3);

    assertThat(IntStream.range(0, 5).mapToObj(i -> count(key)))
        .extracting(RequestRate::decision, RequestRate::remaining)
        .hasToString("[(ALLOWED, 2L), (ALLOWED, 1L), (ALLOWED, 0L), (REFUSED, 0L), (REFUSED, 0L)]");
  }

  @Test
  void theyComeBackOneByOneOverTheMinute() {
    ApiKey key = key("a", 60);
    use(key, 60);

    pass(Duration.ofMillis(999));
    assertThat(count(key).decision()).isEqualTo(Decision.REFUSED);
    pass(Duration.ofMillis(1));
    assertThat(count(key).decision()).isEqualTo(Decision.ALLOWED);
    assertThat(count(key).decision()).isEqualTo(Decision.REFUSED);

    pass(Duration.ofHours(1));
    assertThat(count(key).remaining()).as("no more than the limit").isEqualTo(59);
  }

  @Test
  void whoComesTooEarlyIsToldHowLongToWait() {
    ApiKey key = key("a", 40);
    use(key, 40);

    RequestRate rate = count(key);

    assertThat(rate.untilNext()).isEqualTo(Duration.ofMillis(1500));
    assertThat(rate.untilReset()).isEqualTo(Duration.ofMinutes(1));
    assertThat(rate.headers())
        .containsExactly(
            entry("x-ratelimit-limit-requests", "40"),
            entry("x-ratelimit-remaining-requests", "0"),
            entry("x-ratelimit-reset-requests", "1m0s"),
            entry("Retry-After", "2"));
    pass(Duration.ofSeconds(2));
    assertThat(count(key).decision()).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void whoMayGoOnIsToldNoTimeToWait() {
    assertThat(count(key("a", 60)).headers())
        .isEqualTo(
            Map.of(
                "x-ratelimit-limit-requests", "60",
                "x-ratelimit-remaining-requests", "59",
                "x-ratelimit-reset-requests", "1s"));
  }

  @Test
  void timesAreWrittenAsOpenAiWritesThem() {
    assertThat(reset(Duration.ZERO)).isEqualTo("0ms");
    assertThat(reset(Duration.ofNanos(1))).isEqualTo("1ms");
    assertThat(reset(Duration.ofMillis(6120))).isEqualTo("6.12s");
    assertThat(reset(Duration.ofSeconds(50))).isEqualTo("50s");
    assertThat(reset(Duration.ofMillis(62_005))).isEqualTo("1m2.005s");
  }

  @Test
  void aKeyWithoutALimitIsNotCounted() {
    assertThat(rates.count(key("a", null))).isEmpty();
  }

  @Test
  void keysAreCountedApart() {
    use(key("a", 1), 1);

    assertThat(count(key("b", 1)).decision()).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void whatAKeyHasUsedOutlivesNewSettings() {
    ApiKey key = key("a", 2);
    use(key, 2);

    rates.retain(new ApiKeys(List.of(key, key("b", 1))));
    assertThat(count(key).decision()).isEqualTo(Decision.REFUSED);

    assertThat(count(key("a", 3)).remaining()).as("a limit that changed begins anew").isEqualTo(2);
  }

  @Test
  void aKeyThatIsGoneIsForgotten() {
    ApiKey key = key("a", 1);
    use(key, 1);

    rates.retain(new ApiKeys(List.of()));

    assertThat(count(key).decision()).isEqualTo(Decision.ALLOWED);
  }

  private void use(ApiKey key, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(count(key).decision()).isEqualTo(Decision.ALLOWED);
    }
  }

  private RequestRate count(ApiKey key) {
    return rates.count(key).orElseThrow();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static @Nullable String reset(Duration untilReset) {
    return new RequestRate(Decision.ALLOWED, 1, 0, Duration.ZERO, untilReset)
        .headers()
        .get("x-ratelimit-reset-requests");
  }

  private static ApiKey key(String id, @Nullable Integer requestsPerMinute) {
    return new ApiKey(id, "0".repeat(64), List.of(), requestsPerMinute);
  }
}
