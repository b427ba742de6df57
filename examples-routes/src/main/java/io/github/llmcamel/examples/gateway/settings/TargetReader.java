/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.Pair;
import org.apache.camel.util.URISupport;

/** Reads chains of {@code llm:} URIs. Its messages tell no values, which may be secrets. */
final class TargetReader {

  private static final Pattern BETWEEN_TARGETS = Pattern.compile("\\s*,\\s*(?=llm:)");
  private static final Pattern PATH =
      Pattern.compile("llm:(?://)?(?<provider>[A-Za-z0-9][A-Za-z0-9._-]*)");
  private static final String MODEL = "model";
  private static final String FORWARD_HEADERS = "forwardHeaders";

  /** Every provider is told it: the gateway repeats no answers, a provider may. */
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Set<String> SET_BY_GATEWAY =
      Set.of("bodyFormat", "operation", "outputClass", "outputFormat", "stream", "streamMode");

  private final UnaryOperator<String> placeholders;

  /**
   * @param placeholders replaces those in the names of models
   */
  TargetReader(UnaryOperator<String> placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * Reads URIs with commas between them.
   *
   * @return at least one
   * @throws IllegalArgumentException if one is no {@code llm:} URI, or has an option that the
   *     gateway sets itself
   */
  List<Target> chain(String uris) {
    return BETWEEN_TARGETS.splitAsStream(uris.strip()).map(this::target).toList();
  }

  private Target target(String uri) {
    String[] parts = uri.split("\\?", 2);
    var path = PATH.matcher(parts[0]);
    if (!path.matches()) {
      throw new IllegalArgumentException(
          "A target is llm: and the name of a provider, and its options behind a question mark,"
              + " such as llm:groq?model=llama-3.1-8b-instant. Several are a chain, with commas"
              + " between them.");
    }
    String provider = path.group("provider");
    String model = null;
    String forwarded = IDEMPOTENCY_KEY;
    List<String> options = new ArrayList<>();
    for (String option : parts.length == 1 ? List.<String>of() : options(parts[1])) {
      switch (checkedName(option, provider)) {
        case MODEL -> model = model(option, provider);
        case FORWARD_HEADERS -> forwarded = withIdempotencyKey(value(option));
        default -> options.add(option);
      }
    }
    options.add(FORWARD_HEADERS + "=" + forwarded);
    return new Target(provider, options, model);
  }

  /** Splits a query where Camel does: a value inside RAW() may hold what separates options. */
  private static List<String> options(String query) {
    List<Pair<Integer>> raw = URISupport.scanRaw(query);
    List<String> options = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= query.length(); end++) {
      boolean isSeparator =
          end == query.length() || (query.charAt(end) == '&' && !URISupport.isRaw(end, raw));
      if (isSeparator) {
        options.add(query.substring(start, end).strip());
        start = end + 1;
      }
    }
    options.removeIf(String::isEmpty);
    return options;
  }

  /** The name of an option that is written {@code name=value}. */
  static String name(String option) {
    return option.split("=", 2)[0];
  }

  private static String checkedName(String option, String provider) {
    String name = name(option);
    if (SET_BY_GATEWAY.contains(name)) {
      throw new IllegalArgumentException(
          "llm:%s has the option %s, which the gateway sets itself. Remove it."
              .formatted(provider, name));
    }
    return name;
  }

  private String model(String option, String provider) {
    String model = placeholders.apply(value(option)).strip();
    if (model.isEmpty()) {
      throw new IllegalArgumentException(
          ("llm:%s has the option model without a value. Name a model, or leave the option out to ask"
                  + " for the name that the client sends.")
              .formatted(provider));
    }
    return model;
  }

  /** A plus sign stays one, unlike in other options: names of models have it, and no blanks. */
  private static String value(String option) {
    String name = name(option);
    String written = option.substring(Math.min(name.length() + 1, option.length()));
    Map<String, Object> raw = new HashMap<>(Map.of(name, written));
    URISupport.resolveRawParameterValues(raw);
    if (!written.equals(raw.get(name))) {
      return String.valueOf(raw.get(name));
    }
    try {
      return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The option %s has a percent sign that encodes nothing. Write its value as RAW(value)."
              .formatted(name),
          e);
    }
  }

  private static String withIdempotencyKey(String names) {
    Stream<String> others =
        Stream.of(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty() && !name.equalsIgnoreCase(IDEMPOTENCY_KEY));
    return Stream.concat(Stream.of(IDEMPOTENCY_KEY), others).collect(Collectors.joining(","));
  }
}
