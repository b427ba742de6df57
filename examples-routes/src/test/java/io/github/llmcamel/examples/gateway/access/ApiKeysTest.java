/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.examples.gateway.access.Authentication.Accepted;
import io.github.llmcamel.examples.gateway.access.Authentication.Reason;
import io.github.llmcamel.examples.gateway.access.Authentication.Refused;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

  private final NewKey alice = NewKey.create("alice");
  private final NewKey aliceB = NewKey.create("alice-b_2");
  private final ApiKeys keys = new ApiKeys(List.of(configured(alice), configured(aliceB)));

  @Test
  void aKeyThatIsConfiguredIsAccepted() {
    assertThat(keys.authenticate("Bearer " + alice.text()))
        .isEqualTo(new Accepted(configured(alice)));
    assertThat(keys.authenticate("bearer  " + aliceB.text() + " "))
        .isEqualTo(new Accepted(configured(aliceB)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutAHeaderItIsMissing(@Nullable String authorization) {
    assertRefused(authorization, Reason.MISSING);
  }

  @Test
  void whatDoesNotReadLikeAKeyIsMalformed() {
    String text = alice.text();
    Stream.of(
            text,
            "Basic " + text,
            "Bearer",
            "Bearer " + text.substring(1),
            "Bearer " + text.substring(0, text.length() - 1),
            "Bearer " + text + "0",
            "Bearer " + text.replace("alice", "Alice"),
            "Bearer " + text.replace("alice-", ""),
            "Bearer " + text + "\n",
            "Bearer " + text + " " + text,
            "Bearer " + " ".repeat(200) + text,
            "Bearer " + "x".repeat(1_000_000))
        .forEach(authorization -> assertRefused(authorization, Reason.MALFORMED));
  }

  @Test
  void whatReadsLikeAKeyAndIsNoneIsUnknown() {
    assertRefused("Bearer " + NewKey.create("alice").text(), Reason.UNKNOWN);
    assertRefused("Bearer " + NewKey.create("nobody").text(), Reason.UNKNOWN);
    assertRefused("Bearer " + alice.text().replace("alice", "alice-b_2"), Reason.UNKNOWN);
  }

  @Test
  void aHashOfZeroesIsNoWayInForWhoIsNotThere() {
    assertThat(new ApiKeys(List.of()).authenticate("Bearer " + alice.text()))
        .isEqualTo(new Refused(Reason.UNKNOWN));
  }

  @Test
  void twoKeysCannotHaveOneId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiKeys(List.of(configured(alice), configured(alice))))
        .withMessage("There are two keys with the id alice. Remove one.");
  }

  @Test
  void aKeyIsGoodForItsModelsOnly() {
    ApiKey key =
        new ApiKey(
            "a",
            "0".repeat(64),
            List.of(new ModelPattern("fast"), new ModelPattern("claude-*")),
            null);

    assertThat(Stream.of("fast", "claude-3", "claude-").allMatch(key::allows)).isTrue();
    assertThat(Stream.of("faster", "Fast", "claude", "").anyMatch(key::allows)).isFalse();
    assertThat(configured(alice).allows("whatever")).isTrue();
  }

  @Test
  void keysAreRandomAndLong() {
    assertThat(alice.text()).matches("sk-alice-[0-9a-f]{64}");
    assertThat(NewKey.create("alice").text()).isNotEqualTo(alice.text());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewKey.create("Alice"))
        .withMessageStartingWith("The id of a key has 1 to 32 characters");
  }

  @Test
  void theHashIsThatOfTheWholeText() {
    assertThat(new NewKey("a", "sk-a-0").sha256())
        .as("as sha256sum prints it")
        .isEqualTo("5fa43db16a19a51eb653a08314752a205f7adb179de819a1ff2e0658786bb6f1");
  }

  @Test
  void noTextShowsAKeyOrItsHash() {
    assertThat(alice.toString()).isEqualTo("NewKey[id=alice]");
    assertThat(configured(alice).toString())
        .isEqualTo("ApiKey[id=alice, models=[], requestsPerMinute=null]");
    assertThat(keys.authenticate("Bearer " + alice.text()).toString())
        .contains("alice")
        .doesNotContain(alice.text(), alice.sha256());
  }

  private void assertRefused(@Nullable String authorization, Reason reason) {
    assertThat(keys.authenticate(authorization)).as(authorization).isEqualTo(new Refused(reason));
  }

  private static ApiKey configured(NewKey key) {
    return new ApiKey(key.id(), key.sha256(), List.of(), null);
  }
}
