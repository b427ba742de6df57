/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.otel.genai.content.ContentMode;
import io.github.llmcamel.otel.genai.content.ContentSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How telemetry is kept. Immutable; prints no secret. */
public final class TelemetrySettings {

  /** The Camel property of {@link Builder#nameLimit}. */
  public static final String NAME_LIMIT = "camel.llm-otel.metric-name-limit";

  private static final int DEFAULT_NAME_LIMIT = 100;

  private final Profile profile;
  private final CallLogTarget log;
  private final UserIds userIds;
  private final boolean routeIdOnMetrics;
  private final int nameLimit;
  private final boolean httpSpans;
  private final boolean propagatesToProvider;
  private final ContentSettings content;
  private final boolean fingerprint;

  private TelemetrySettings(Builder builder) {
    this.profile = builder.profile;
    this.log = builder.log;
    this.userIds = new UserIds(builder.userIdKey);
    this.routeIdOnMetrics = builder.routeIdOnMetrics && builder.profile == Profile.SEED;
    this.nameLimit = builder.nameLimit;
    this.httpSpans = builder.httpSpans && builder.profile == Profile.SEED;
    this.propagatesToProvider = builder.propagatesToProvider;
    this.content = builder.content;
    this.fingerprint =
        Objects.requireNonNullElse(
            builder.fingerprint, builder.content.mode() != ContentMode.NO_CONTENT);
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The defaults. */
  public static TelemetrySettings defaults() {
    return builder().build();
  }

  Profile profile() {
    return profile;
  }

  CallLogTarget log() {
    return log;
  }

  UserIds userIds() {
    return userIds;
  }

  boolean routeIdOnMetrics() {
    return routeIdOnMetrics;
  }

  int nameLimit() {
    return nameLimit;
  }

  boolean httpSpans() {
    return httpSpans;
  }

  boolean propagatesToProvider() {
    return propagatesToProvider;
  }

  ContentSettings content() {
    return content;
  }

  boolean fingerprint() {
    return fingerprint;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private Profile profile = Profile.SEED;
    private CallLogTarget log = CallLogTarget.AUTO;
    private @Nullable String userIdKey;
    private boolean routeIdOnMetrics = true;
    private int nameLimit = DEFAULT_NAME_LIMIT;
    private boolean httpSpans = true;
    private boolean propagatesToProvider = true;
    private ContentSettings content = ContentSettings.OFF;
    private @Nullable Boolean fingerprint;

    private Builder() {}

    /** Which names are used; {@link Profile#SEED} by default. */
    public Builder profile(Profile profile) {
      this.profile = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /** Where the log record of each call goes; {@link CallLogTarget#AUTO} by default. */
    public Builder log(CallLogTarget log) {
      this.log = Objects.requireNonNull(log, "log");
      return this;
    }

    /**
     * The key under which ids of users are hidden: with one, {@code enduser.id} is an HMAC that
     * nobody can guess.
     *
     * @param key null or blank for a plain hash, the default
     */
    public Builder userIdKey(@Nullable String key) {
      this.userIdKey = key;
      return this;
    }

    /** Whether metrics tell routes apart; true by default, never in {@link Profile#STRICT}. */
    public Builder routeIdOnMetrics(boolean routeIdOnMetrics) {
      this.routeIdOnMetrics = routeIdOnMetrics;
      return this;
    }

    /**
     * How many names of requested models, of answering models, of servers, of routes, of stages and
     * of versions of prompts metrics keep apart, each; 100 by default. Further ones are counted as
     * {@code other}.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder nameLimit(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "%s is %d; it must be 1 or more".formatted(NAME_LIMIT, limit));
      }
      this.nameLimit = limit;
      return this;
    }

    /**
     * Whether each request has a span of its own below the span of its call; true by default, never
     * in {@link Profile#STRICT}. To be switched off where the Java agent makes such spans.
     */
    public Builder httpSpans(boolean httpSpans) {
      this.httpSpans = httpSpans;
      return this;
    }

    /** Whether the provider is told the trace, by {@code traceparent}; true by default. */
    public Builder propagatesToProvider(boolean propagatesToProvider) {
      this.propagatesToProvider = propagatesToProvider;
      return this;
    }

    /** How much of what is said is recorded; {@link ContentSettings#OFF} by default. */
    public Builder content(ContentSettings content) {
      this.content = Objects.requireNonNull(content, "content");
      return this;
    }

    /**
     * Whether spans carry a hash of what the user said; by default where contents are recorded,
     * never in {@link Profile#STRICT}.
     */
    public Builder fingerprint(boolean fingerprint) {
      this.fingerprint = fingerprint;
      return this;
    }

    /** The settings as they are now. */
    public TelemetrySettings build() {
      return new TelemetrySettings(this);
    }
  }
}
