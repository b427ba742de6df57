/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.EndpointUri;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a model is asked. */
final class ModelUri {

  private ModelUri() {}

  /**
   * {@code path} under the base URL; at Azure under that of the deployment, which is the model.
   *
   * @param path begins with a slash
   */
  static URI of(Destination destination, @Nullable String model, String path) {
    return destination.provider().has(Quirk.DEPLOYMENT_IN_PATH)
        ? AzurePaths.append(destination.baseUrl(), model, path)
        : EndpointUri.append(destination.baseUrl(), path);
  }

  /** {@code path} under the base URL; at Azure not under that of a deployment. */
  static URI ofAll(Destination destination, String path) {
    return destination.provider().has(Quirk.DEPLOYMENT_IN_PATH)
        ? AzurePaths.appendForAll(destination.baseUrl(), path)
        : EndpointUri.append(destination.baseUrl(), path);
  }
}
