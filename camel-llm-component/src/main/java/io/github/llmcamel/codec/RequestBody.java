/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON object that a request is, while it is written. Confined to one call. */
public final class RequestBody {

  /** What an extra cannot override: the call would no longer be the one that was asked for. */
  private static final Set<String> OURS = Set.of("model", "messages", "input", "stream");

  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** Sets a member; null sets none. */
  public void put(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  /**
   * Sets a member that the user asked for by name, over what is there. An object completes the
   * object that is there, so that an extra stream option does not switch off the usage.
   *
   * @param value null is sent as JSON null
   */
  public void extra(String name, @Nullable Object value) {
    if (!OURS.contains(name)) {
      members.put(name, Members.over(members.get(name), value));
    }
  }

  /** The members so far, for an object that holds this one. */
  public Map<String, @Nullable Object> members() {
    return members;
  }

  /**
   * The object as UTF-8.
   *
   * @throws JsonProcessingException if it holds something JSON cannot express
   */
  public byte[] bytes() throws JsonProcessingException {
    return Json.bytes(members);
  }
}
