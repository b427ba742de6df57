/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.openai.AzurePaths;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends of a base URL below which no chat is answered: pages and endpoints pasted by mistake. */
final class DeadEnd {

  private static final Logger LOG = LoggerFactory.getLogger(DeadEnd.class);

  private static final List<String> ENDS =
      List.of(
          "/v1/v1",
          "/completions",
          "/responses",
          "/messages",
          "/embeddings",
          "/embed",
          "/models",
          "/tags",
          "/generate",
          "/health",
          "/metrics",
          "/docs",
          "/redoc",
          "/openapi.json",
          "/playground",
          "/dashboard",
          "/ui",
          "/chat");

  private DeadEnd() {}

  /**
   * Says so if a base URL ends in one of them.
   *
   * @param source the option or variable it comes from
   */
  static void warn(URI baseUrl, String source, Provider provider) {
    String path = baseUrl.getRawPath();
    if (provider.has(Quirk.DEPLOYMENT_IN_PATH) && AzurePaths.endsInDeployment(baseUrl)) {
      return; // Deployments have any name.
    }
    for (String end : ENDS) {
      if (path.endsWith(end) && !provider.basePath().endsWith(end)) {
        LOG.warn(
            "{} ends in {}, and no chat is answered below that. Remove {}: a base URL looks like"
                + " http://localhost:8000/v1.",
            source,
            end,
            end.substring(end.lastIndexOf('/')));
        return;
      }
    }
  }
}
