/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.examples.ledger.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.ResourceHelper;

/** The route templates that are used in a context, and with which parameters. */
final class TemplateUses {

  private static final String TEMPLATE = "templateId";
  private static final String RESOURCE = "resource:";

  private final CamelContext context;
  private final Model model;

  private TemplateUses(CamelContext context) {
    this.context = context;
    this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /**
   * The same in every process with the same routes and files: each use once, in an order of its
   * own, with the values of all parameters that its template declares.
   */
  static SortedSet<String> of(CamelContext context) {
    return new TemplateUses(context).all();
  }

  private SortedSet<String> all() {
    // Camel adds parameters of its own, with names that it makes up.
    Set<String> declared =
        model.getRouteTemplateDefinitions().stream()
            .map(RouteTemplateDefinition::getTemplateParameters)
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .map(RouteTemplateParameterDefinition::getName)
            .collect(Collectors.toSet());
    declared.add(TEMPLATE);
    return model.getRouteDefinitions().stream()
        .map(RouteDefinition::getTemplateParameters)
        .filter(Objects::nonNull)
        .map(parameters -> describe(parameters, declared))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String describe(Map<String, Object> parameters, Set<String> declared) {
    Map<String, String> values = new TreeMap<>();
    parameters.forEach(
        (name, value) -> {
          if (declared.contains(name)) {
            values.put(name, withContent(String.valueOf(value)));
          }
        });
    return values.toString();
  }

  /** A file counts by what is in it; one that cannot be read, by its name alone. */
  private String withContent(String value) {
    String place = value.startsWith(RESOURCE) ? value.substring(RESOURCE.length()) : value;
    if (!place.startsWith("classpath:") && !place.startsWith("file:")) {
      return value;
    }
    try (InputStream content =
        ResourceHelper.resolveMandatoryResourceAsInputStream(context, place)) {
      return value + " " + Hash.sha256(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return value;
    }
  }
}
