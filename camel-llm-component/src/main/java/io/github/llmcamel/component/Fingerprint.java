/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over named values, the same for equal values in every JVM. Mutable, confined to one
 * thread.
 *
 * <p>What is null is left out, so that a field that is added later changes no fingerprint while it
 * is not set. The order of a map does not count, since it may be that of a URI.
 */
final class Fingerprint {

  private final MessageDigest digest = sha256();

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Adds a value.
   *
   * @param value text, number, boolean, enum constant, or records, lists and maps of them; null
   *     adds nothing
   */
  Fingerprint add(String name, @Nullable Object value) {
    if (value != null) {
      text(name);
      value(value);
    }
    return this;
  }

  /** All that was added so far, as 64 hexadecimal digits. No more can be added. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private void value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, member) -> sorted.put(String.valueOf(key), member));
      begin("map", sorted.size());
      sorted.forEach(
          (key, member) -> {
            text(key);
            value(member);
          });
    } else if (value instanceof Collection<?> all) {
      begin("list", all.size());
      all.forEach(this::value);
    } else if (value instanceof Record fields) {
      members(fields);
    } else {
      // A number, a boolean or a null of JSON is another thing than a text that reads like it.
      begin(value instanceof String ? "text" : "word", 1);
      text(value instanceof Enum<?> constant ? constant.name() : String.valueOf(value));
    }
  }

  private void members(Record fields) {
    text(fields.getClass().getSimpleName());
    for (RecordComponent component : fields.getClass().getRecordComponents()) {
      try {
        add(component.getName(), component.getAccessor().invoke(fields));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record of ours can be read", e);
      }
    }
    text("end");
  }

  private void begin(String kind, int size) {
    text(kind);
    text(Integer.toString(size));
  }

  /** With its length before it, so that what follows cannot be taken for a part of it. */
  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
