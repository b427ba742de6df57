/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who answers: where, in which protocol, with which peculiarities. Holds no secret.
 *
 * <p>Bind one in the Camel registry under the name {@code acme} to use it as {@code llm:acme}.
 *
 * @param name what stands in the endpoint URI, such as {@code groq}
 * @param telemetryName the value of {@code gen_ai.provider.name}
 * @param protocol how it speaks
 * @param baseUrl the URL that paths are appended to, with the version segment if there is one; null
 *     if only the user knows it
 * @param auth how the key is shown
 * @param keyPolicy whether a call without a key can work at {@code baseUrl}
 * @param keyVariables environment variables that hold its key by custom, first match wins
 * @param quirks deviations from the protocol
 */
public record Provider(
    String name,
    String telemetryName,
    Protocol protocol,
    @Nullable URI baseUrl,
    Auth auth,
    KeyPolicy keyPolicy,
    List<String> keyVariables,
    Set<Quirk> quirks) {

  public Provider {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(telemetryName, "telemetryName");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(auth, "auth");
    Objects.requireNonNull(keyPolicy, "keyPolicy");
    keyVariables = List.copyOf(keyVariables);
    quirks = Set.copyOf(quirks);
  }

  /** Whether this provider has the peculiarity. */
  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** This provider speaking another protocol. */
  public Provider withProtocol(Protocol other) {
    return new Provider(name, telemetryName, other, baseUrl, auth, keyPolicy, keyVariables, quirks);
  }
}
