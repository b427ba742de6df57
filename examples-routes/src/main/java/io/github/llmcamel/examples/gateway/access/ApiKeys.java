/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import io.github.llmcamel.examples.gateway.access.Authentication.Accepted;
import io.github.llmcamel.examples.gateway.access.Authentication.Reason;
import io.github.llmcamel.examples.gateway.access.Authentication.Refused;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys that are configured. Immutable. */
public final class ApiKeys {

  /** What a header may be long; a key with its scheme has at most 107 characters. */
  private static final int MOST_CHARACTERS = 256;

  private static final Pattern BEARER =
      Pattern.compile(
          "[Bb][Ee][Aa][Rr][Ee][Rr] +(?<text>sk-(?<id>%s)-[0-9a-f]{64}) *".formatted(KeyText.ID));

  /** Stands for the hash of a key that is not there, so that looking for one takes as long. */
  private static final byte[] NOBODY = new byte[KeyText.SECRET_BYTES];

  private final Map<String, ApiKey> byId;

  /**
   * @throws IllegalArgumentException if two keys have the same id
   */
  public ApiKeys(Collection<ApiKey> keys) {
    byId =
        keys.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    ApiKey::id,
                    Function.identity(),
                    (one, other) -> {
                      throw new IllegalArgumentException(
                          "There are two keys with the id %s. Remove one.".formatted(one.id()));
                    }));
  }

  /** Whether there is none: then nobody needs one. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Who has a key. */
  public Set<String> ids() {
    return byId.keySet();
  }

  /**
   * Looks for the key of a request. Takes as long for an id that is not there as for a wrong key.
   *
   * @param authorization the value of the header; null if there is none
   */
  public Authentication authenticate(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return new Refused(Reason.MISSING);
    }
    if (authorization.length() > MOST_CHARACTERS) {
      return new Refused(Reason.MALFORMED);
    }
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      return new Refused(Reason.MALFORMED);
    }
    ApiKey key = byId.get(bearer.group("id"));
    byte[] expected = key == null ? NOBODY : HexFormat.of().parseHex(key.sha256());
    boolean isEqual = MessageDigest.isEqual(expected, KeyText.sha256(bearer.group("text")));
    return key != null && isEqual ? new Accepted(key) : new Refused(Reason.UNKNOWN);
  }
}
