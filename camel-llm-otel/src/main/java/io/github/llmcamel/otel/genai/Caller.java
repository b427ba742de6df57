/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, read when it starts. Names may be null: they are not known, or there is none,
 * as of a call from outside of routes. Immutable.
 */
public final class Caller {

  private final SpanPlace place;
  private final List<SpanContext> joined;
  private final CallSums sums;
  private final @Nullable String routeId;
  private final @Nullable String nodeId;
  private final @Nullable String stepId;
  private final @Nullable String exchangeId;
  private final @Nullable Integer redelivery;
  private final @Nullable String breadcrumbId;
  private final @Nullable String conversationId;
  private final @Nullable String userId;
  private final @Nullable String purpose;

  private Caller(Builder builder) {
    this.place = builder.place;
    this.joined = builder.joined;
    this.sums = builder.sums;
    this.routeId = builder.routeId;
    this.nodeId = builder.nodeId;
    this.stepId = builder.stepId;
    this.exchangeId = builder.exchangeId;
    this.redelivery = builder.redelivery;
    this.breadcrumbId = builder.breadcrumbId;
    this.conversationId = builder.conversationId;
    this.userId = builder.userId;
    this.purpose = builder.purpose;
  }

  /** Starts with where the call's span goes. */
  public static Builder at(SpanPlace place) {
    return new Builder(place);
  }

  SpanPlace place() {
    return place;
  }

  List<SpanContext> joined() {
    return joined;
  }

  CallSums sums() {
    return sums;
  }

  @Nullable String routeId() {
    return routeId;
  }

  @Nullable String nodeId() {
    return nodeId;
  }

  @Nullable String stepId() {
    return stepId;
  }

  @Nullable String exchangeId() {
    return exchangeId;
  }

  @Nullable Integer redelivery() {
    return redelivery;
  }

  @Nullable String breadcrumbId() {
    return breadcrumbId;
  }

  @Nullable String conversationId() {
    return conversationId;
  }

  @Nullable String userId() {
    return userId;
  }

  @Nullable String purpose() {
    return purpose;
  }

  /** Names the route only: the rest may be personal. */
  @Override
  public String toString() {
    return "Caller[routeId=%s, nodeId=%s]".formatted(routeId, nodeId);
  }

  /** Collects what is known of a caller. Not thread-safe. */
  public static final class Builder {
    private final SpanPlace place;
    private List<SpanContext> joined = List.of();
    private CallSums sums = CallSums.NONE;
    private @Nullable String routeId;
    private @Nullable String nodeId;
    private @Nullable String stepId;
    private @Nullable String exchangeId;
    private @Nullable Integer redelivery;
    private @Nullable String breadcrumbId;
    private @Nullable String conversationId;
    private @Nullable String userId;
    private @Nullable String purpose;

    private Builder(SpanPlace place) {
      this.place = Objects.requireNonNull(place, "place");
    }

    /** Spans of all traces that led to the call, where it is about several; none by default. */
    public Builder joined(List<SpanContext> joined) {
      this.joined = List.copyOf(joined);
      return this;
    }

    /** Where what the call comes to is added; nowhere by default. */
    public Builder sums(CallSums sums) {
      this.sums = Objects.requireNonNull(sums, "sums");
      return this;
    }

    /** The route that makes the call. */
    public Builder routeId(@Nullable String routeId) {
      this.routeId = routeId;
      return this;
    }

    /** The node of that route. */
    public Builder nodeId(@Nullable String nodeId) {
      this.nodeId = nodeId;
      return this;
    }

    /** The nearest Step EIP around the call. */
    public Builder stepId(@Nullable String stepId) {
      this.stepId = stepId;
      return this;
    }

    /** The exchange that makes the call. */
    public Builder exchangeId(@Nullable String exchangeId) {
      this.exchangeId = exchangeId;
      return this;
    }

    /** How many times Camel has tried before; null in a first attempt. */
    public Builder redelivery(@Nullable Integer redelivery) {
      this.redelivery = redelivery;
      return this;
    }

    /** Camel's id of the message on its way through routes. */
    public Builder breadcrumbId(@Nullable String breadcrumbId) {
      this.breadcrumbId = breadcrumbId;
      return this;
    }

    /** The caller's own id of the conversation. */
    public Builder conversationId(@Nullable String conversationId) {
      this.conversationId = conversationId;
      return this;
    }

    /** The caller's own id of its user, as it is. */
    public Builder userId(@Nullable String userId) {
      this.userId = userId;
      return this;
    }

    /** What the call is for, in the caller's words. */
    public Builder purpose(@Nullable String purpose) {
      this.purpose = purpose;
      return this;
    }

    /** The caller, with what is known so far. */
    public Caller build() {
      return new Caller(this);
    }
  }
}
