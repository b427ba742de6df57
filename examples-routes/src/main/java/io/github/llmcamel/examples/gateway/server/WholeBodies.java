/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Reads bodies completely before they are passed on, and gives up on those that stall. */
final class WholeBodies extends RetainedContentLoaderFactory {

  /**
   * @param maxBytes how long a body may be
   */
  WholeBodies(long maxBytes) {
    super(maxBytes + 1, 0, true);
  }

  @Override
  public ContentLoader newContentLoader(
      @Nullable String contentType,
      @Nullable String mimeType,
      Handler next,
      Request request,
      Response response,
      Callback callback) {
    return super.newContentLoader(
        contentType, mimeType, next, new Impatient(request), response, callback);
  }

  /** Jetty would read on after each idle timeout, for ever. */
  private static final class Impatient extends Request.Wrapper {

    Impatient(Request request) {
      super(request);
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      return Content.Chunk.isFailure(chunk, false)
          ? Content.Chunk.from(chunk.getFailure(), true)
          : chunk;
    }
  }
}
