/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class MembersTest {

  private static final Totals ONE = Totals.ofCall(10L, null, 1_000_000, null);

  private final CamelContext context = new DefaultCamelContext();

  @Test
  void countsAMemberThatComesAgainOnce() {
    Exchange some = exchange();
    Exchange others = exchange();

    Exchange group = group(some, others, some.copy(), others.copy());

    assertThat(group.getProperty("CamelLlmTotalCalls")).isEqualTo(2L);
    assertThat(group.getProperty("CamelLlmTotalInputTokens")).isEqualTo(20L);
    assertThat(group.getProperty("CamelLlmTotalOutputTokens")).isNull();
    assertThat(group.getProperty("CamelLlmTotalMillis")).isEqualTo(2L);
  }

  @Test
  void sharesTheSumThatAllMembersShare() {
    Exchange exchange = exchange();

    Exchange group = group(exchange.copy(), exchange.copy());
    ExchangeTotals.of(exchange).add(exchange, ONE);

    assertThat(ExchangeTotals.of(group)).isSameAs(ExchangeTotals.of(exchange));
  }

  @Test
  void keepsTheNumbersOfMembersBeyondTheLimit() {
    Exchange[] exchanges = new Exchange[2_500];
    for (int i = 0; i < exchanges.length; i++) {
      exchanges[i] = exchange();
    }

    assertThat(group(exchanges).getProperty("CamelLlmTotalCalls")).isEqualTo(2_500L);
  }

  @Test
  void anAggregationThatIsDoneAgainCountsOnce() {
    Exchange first = exchange();
    Exchange second = exchange();
    Members.join(null, first, first);
    Members.join(first, second, second.copy());

    Members.join(first, second, first);
    Members.sumUp(first);

    assertThat(first.getProperty("CamelLlmTotalCalls")).isEqualTo(2L);
  }

  @Test
  void startsFromTheSumOfAGroupThatHasForgottenItsMembers() {
    Exchange stored = exchange();

    Members.join(stored, exchange(), stored);
    Members.sumUp(stored);

    assertThat(stored.getProperty("CamelLlmTotalCalls")).isEqualTo(2L);
  }

  private static Exchange group(Exchange... members) {
    Exchange group = members[0];
    Members.join(null, group, group);
    for (Exchange member : List.of(members).subList(1, members.length)) {
      Members.join(group, member, member);
      group = member;
    }
    Members.sumUp(group);
    return group;
  }

  /** One that has made a call. */
  private Exchange exchange() {
    Exchange exchange = new DefaultExchange(context);
    ExchangeTotals.of(exchange).add(exchange, ONE);
    return exchange;
  }
}
