/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.GeneratedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

/** {@code docs/pipelines.md} says what the route templates understand. */
class TemplatesDocTest {

  private static final List<String> TEMPLATES =
      List.of("classify", "extract", "summarise", "map-reduce", "condense", "judge", "fallback");

  @Test
  void theTablesOfParameters() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      for (String template : TEMPLATES) {
        PluginHelper.getRoutesLoader(context)
            .loadRoutes(
                PluginHelper.getResourceLoader(context)
                    .resolveResource("classpath:routes/templates/" + template + ".camel.yaml"));
        assertParametersAreInTheDocs(context.getRouteTemplateDefinition(template));
      }
      assertThat(context.getRouteTemplateDefinitions()).hasSameSizeAs(TEMPLATES);
    }
  }

  private static void assertParametersAreInTheDocs(RouteTemplateDefinition template)
      throws IOException {
    assertThat(template.getDescriptionText()).isNotBlank();
    GeneratedTable table = new GeneratedTable(template.getId(), "parameter", "default", "meaning");
    for (RouteTemplateParameterDefinition parameter : template.getTemplateParameters()) {
      table.row(
          "`%s`".formatted(parameter.getName()), defaultOf(parameter), parameter.getDescription());
    }
    table.assertSameIn(Path.of("..", "docs", "pipelines.md"));
  }

  private static String defaultOf(RouteTemplateParameterDefinition parameter) {
    if (parameter.getDefaultValue() != null) {
      return "`%s`".formatted(parameter.getDefaultValue());
    }
    return Boolean.FALSE.equals(parameter.getRequired()) ? "" : "required";
  }
}
