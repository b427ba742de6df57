/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.genai.content.ContentHook;
import io.github.llmcamel.otel.genai.content.ContentRedactor;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.camel.CamelContext;

/**
 * What an application adds to the handling of contents.
 *
 * @param redactors asked in this order
 * @param hooks asked in this order
 */
record ContentExtensions(List<ContentRedactor> redactors, List<ContentHook> hooks) {

  static final ContentExtensions NONE = new ContentExtensions(List.of(), List.of());

  ContentExtensions {
    redactors = List.copyOf(redactors);
    hooks = List.copyOf(hooks);
  }

  /** The beans of the registry, then what the service loader finds. */
  static ContentExtensions of(CamelContext context) {
    return new ContentExtensions(
        find(context, ContentRedactor.class), find(context, ContentHook.class));
  }

  private static <T> List<T> find(CamelContext context, Class<T> type) {
    List<T> found = new ArrayList<>(context.getRegistry().findByType(type));
    ClassLoader classes = context.getApplicationContextClassLoader();
    try {
      ServiceLoader.load(type, classes != null ? classes : type.getClassLoader())
          .forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException(
          "A %s of the service loader cannot be used: %s"
              .formatted(type.getSimpleName(), e.getMessage()),
          e);
    }
    return found;
  }
}
