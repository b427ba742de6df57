/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSdkTest {

  private final SharedSdk shared = new SharedSdk();
  private final List<FakeSdk> built = new ArrayList<>();

  @Test
  void isBuiltForTheFirstAndClosedWithTheLast() {
    SharedSdk.Lease first = shared.lease(this::build);
    SharedSdk.Lease second = shared.lease(this::build);

    assertThat(built).hasSize(1);
    assertThat(second.openTelemetry()).isSameAs(first.openTelemetry());
    first.close();
    assertThat(built.get(0).closings).isZero();
    second.close();
    assertThat(built.get(0).closings).isEqualTo(1);
  }

  @Test
  void countsALeaseThatIsClosedTwiceOnce() {
    SharedSdk.Lease first = shared.lease(this::build);
    SharedSdk.Lease second = shared.lease(this::build);

    first.close();
    first.close();

    assertThat(built.get(0).closings).isZero();
    second.close();
    assertThat(built.get(0).closings).isEqualTo(1);
  }

  @Test
  void isBuiltAgainAfterItWasClosed() {
    shared.lease(this::build).close();
    SharedSdk.Lease again = shared.lease(this::build);

    assertThat(built).hasSize(2);
    again.close();
    assertThat(built).extracting(sdk -> sdk.closings).containsExactly(1, 1);
  }

  @Test
  void countsNoLeaseForAnSdkThatCannotBeBuilt() {
    assertThatThrownBy(
            () ->
                shared.lease(
                    () -> {
                      throw new IllegalArgumentException("wrong setting");
                    }))
        .hasMessage("wrong setting");

    shared.lease(this::build).close();
    assertThat(built.get(0).closings).isEqualTo(1);
  }

  private FakeSdk build() {
    FakeSdk sdk = new FakeSdk();
    built.add(sdk);
    return sdk;
  }

  private static final class FakeSdk implements SharedSdk.Sdk {
    private int closings;

    @Override
    public OpenTelemetry openTelemetry() {
      return OpenTelemetry.noop();
    }

    @Override
    public void close() {
      closings++;
    }
  }
}
