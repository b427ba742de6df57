/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keeps users apart without naming them. Thread-safe; prints nothing of its key. */
final class UserIds {

  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 4;
  private static final int HMAC_BYTES = 8;

  private final @Nullable SecretKeySpec key;

  /**
   * @param key known to nobody who reads telemetry; null or blank for plain hashes
   */
  UserIds(@Nullable String key) {
    this.key =
        key == null || key.isBlank()
            ? null
            : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC);
  }

  /**
   * With a key the first 16 hexadecimal digits of the HMAC-SHA-256 of an id; without one the first
   * 8 of its SHA-256. Who knows an id can tell whether a plain hash is its, so that hides names
   * from readers but is no secret.
   */
  String hide(String userId) {
    byte[] id = userId.getBytes(StandardCharsets.UTF_8);
    try {
      if (key == null) {
        return HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(id), 0, HASH_BYTES);
      }
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(id), 0, HMAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
