/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.provider;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes and what it shows there: a provider with everything the user configured.
 *
 * <p>Prints neither the key nor the headers.
 *
 * @param baseUrl normalised: no trailing slash; may have a query, which every request keeps
 * @param apiKey null sends none
 * @param headers sent with every request, after our own; the user's, so they may hold secrets
 * @param lenientParameters whether a parameter that the provider does not have is left out instead
 *     of refused
 */
public record Destination(
    Provider provider,
    URI baseUrl,
    @Nullable Secret apiKey,
    Map<String, String> headers,
    boolean lenientParameters) {
  public Destination {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(baseUrl, "baseUrl");
    headers = Map.copyOf(headers);
  }

  /** A destination that gets every parameter or refuses the call. */
  public Destination(
      Provider provider, URI baseUrl, @Nullable Secret apiKey, Map<String, String> headers) {
    this(provider, baseUrl, apiKey, headers, false);
  }

  /** This destination, as lenient as that. */
  public Destination withLenientParameters(boolean lenient) {
    return new Destination(provider, baseUrl, apiKey, headers, lenient);
  }

  /** This destination, with these headers in place of its own. */
  public Destination withHeaders(Map<String, String> others) {
    return new Destination(provider, baseUrl, apiKey, others, lenientParameters);
  }

  @Override
  public String toString() {
    return "Destination[%s at %s://%s]"
        .formatted(provider.name(), baseUrl.getScheme(), baseUrl.getHost());
  }
}
