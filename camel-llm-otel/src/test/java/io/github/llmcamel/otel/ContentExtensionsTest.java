/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.otel.genai.content.ContentHook;
import io.github.llmcamel.otel.genai.content.ContentKind;
import io.github.llmcamel.otel.genai.content.ContentRedactor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentExtensionsTest {

  private final CamelContext context = new DefaultCamelContext();

  /** One that the service loader can make. */
  public static final class Listed implements ContentRedactor {
    @Override
    public String redact(ContentKind kind, String text) {
      return text;
    }
  }

  @Test
  void areBeansFirstAndThenServices(@TempDir Path folder) throws IOException {
    ContentRedactor bean = (kind, text) -> text;
    ContentHook hook = (content, span) -> content;
    context.getRegistry().bind("redactor", bean);
    context.getRegistry().bind("hook", hook);

    try (URLClassLoader classes = classesListing(folder, Listed.class.getName())) {
      context.setApplicationContextClassLoader(classes);
      ContentExtensions found = ContentExtensions.of(context);

      assertThat(found.redactors()).hasSize(2).first().isSameAs(bean);
      assertThat(found.redactors().get(1)).isInstanceOf(Listed.class);
      assertThat(found.hooks()).containsExactly(hook);
    }
  }

  @Test
  void failTogetherIfAServiceCannotBeMade(@TempDir Path folder) throws IOException {
    try (URLClassLoader classes = classesListing(folder, "no.such.Redactor")) {
      context.setApplicationContextClassLoader(classes);

      assertThatThrownBy(() -> ContentExtensions.of(context))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ContentRedactor")
          .hasStackTraceContaining("no.such.Redactor");
    }
  }

  private static URLClassLoader classesListing(Path folder, String redactor) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ContentRedactor.class.getName()), redactor);
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, ContentExtensionsTest.class.getClassLoader());
  }
}
