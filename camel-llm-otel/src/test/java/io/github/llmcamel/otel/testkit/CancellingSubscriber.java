/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import io.github.llmcamel.model.ChatEvent;
import java.util.concurrent.Flow;

/** Wants nothing of a live answer any more. */
public final class CancellingSubscriber implements Flow.Subscriber<ChatEvent> {

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(ChatEvent event) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
