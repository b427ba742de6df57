/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a model is asked: its name is a path, and what is asked of it stands behind a colon. */
final class ModelUri {

  /** What the names of resources begin with; any other name is that of a model. */
  private static final Set<String> COLLECTIONS =
      Set.of("models", "tunedModels", "publishers", "projects", "endpoints");

  private ModelUri() {}

  /** Where a model is asked for content. */
  static URI of(Destination destination, String model, Delivery delivery) throws LlmException {
    String method = delivery == Delivery.STREAMED ? "streamGenerateContent" : "generateContent";
    return of(destination, model, method, delivery);
  }

  /**
   * Where a model is asked for anything that comes whole.
   *
   * @param method what is asked of it, such as {@code embedContent}
   * @throws LlmException if its name is none
   */
  static URI of(Destination destination, String model, String method) throws LlmException {
    return of(destination, model, method, Delivery.WHOLE);
  }

  private static URI of(Destination destination, String model, String method, Delivery delivery)
      throws LlmException {
    List<String> name = name(destination, model);
    URI base = withoutQuery(destination.baseUrl(), name.get(0));
    String path =
        name.stream().map(EndpointUri::segment).collect(Collectors.joining("/", "/", ""))
            + ":"
            + method;
    return URI.create(
        EndpointUri.append(base, path) + query(destination.baseUrl().getRawQuery(), delivery));
  }

  /** The segments of the whole name of a model. */
  static List<String> name(Destination destination, String model) throws LlmException {
    List<String> segments = new ArrayList<>(Arrays.asList(model.split("/", -1)));
    if (segments.stream().anyMatch(part -> part.isEmpty() || part.matches("\\.\\.?"))) {
      throw UnwritableRequest.because(
          destination, "model is no name of a model. Make it look like gemini-2.5-flash.");
    }
    if (segments.size() == 1 || !COLLECTIONS.contains(segments.get(0))) {
      segments.add(0, "models");
    }
    if (segments.get(0).equals("models")
        && destination.provider().has(Quirk.PUBLISHER_IN_PATH)
        && !VertexPaths.namesPublisher(destination.baseUrl())) {
      throw UnwritableRequest.because(
          destination,
          "model is a short name, and the base URL names no publisher. Let the base URL end in"
              + " /publishers/google, or name the model publishers/google/models/….");
    }
    return segments;
  }

  /** A base URL of Vertex AI names project and publisher already, as a full name does again. */
  private static URI withoutQuery(URI base, String collection) {
    String text = base.toString().replaceFirst("\\?.*", "");
    boolean namedTwice = collection.equals("publishers") || collection.equals("projects");
    int named = namedTwice ? text.indexOf("/" + collection + "/") : -1;
    return URI.create(named < 0 ? text : text.substring(0, named));
  }

  /** The query of the base URL, with the form of a stream; one pasted with it does not count. */
  private static String query(@Nullable String pasted, Delivery delivery) {
    List<String> members = new ArrayList<>(List.of((pasted == null ? "" : pasted).split("&", -1)));
    members.removeIf(member -> member.isEmpty() || member.startsWith("alt="));
    if (delivery == Delivery.STREAMED) {
      members.add("alt=sse");
    }
    return members.isEmpty() ? "" : "?" + String.join("&", members);
  }
}
