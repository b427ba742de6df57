/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a gateway, as its file has them.
 *
 * <p>A service of Camel: while it runs, it looks every second whether the file has other content,
 * which counts when two looks in a row agree: half a written file is a valid file too. One with a
 * mistake changes nothing, and what needs a restart stays as it was at the start. {@link
 * #current()} is for any thread.
 */
public final class SettingsFile extends ServiceSupport implements CamelContextAware {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

  private final Path file;
  private final Consumer<GatewaySettings> check;
  private final boolean hasTls;
  private final Properties propertiesAtStart;
  private final GatewaySettings atStart;
  private volatile GatewaySettings current;
  private boolean hasModels;
  private String lastText;
  private String seen;
  private String lastProblem = "";
  private @Nullable CamelContext camelContext;
  private @Nullable ScheduledExecutorService timer;

  /**
   * Reads the file.
   *
   * @param check asked before changed settings count: throws IllegalArgumentException with the
   *     reason why they must not. Not asked about the first ones
   * @throws IllegalArgumentException if the file cannot be read or has a mistake; says the problem
   *     and the cure
   */
  public SettingsFile(Path file, Consumer<GatewaySettings> check) {
    this.file = file;
    this.check = check;
    lastText = PropertiesText.read(file);
    seen = lastText;
    propertiesAtStart = PropertiesText.parse(lastText);
    hasModels = hasModels(propertiesAtStart);
    hasTls =
        Boolean.parseBoolean(Values.text(propertiesAtStart.getProperty("camel.ssl.enabled", "")));
    atStart = GatewaySettings.read(propertiesAtStart);
    current = atStart;
  }

  /** Whether it switches TLS on, as Camel does it: {@code camel.ssl.enabled=true}. */
  public boolean hasTls() {
    return hasTls;
  }

  /** The settings that count now. */
  public GatewaySettings current() {
    return current;
  }

  /**
   * Looks at the file. Content that is as at the look before, and other than what counts, is read.
   * Logs what comes of it; a problem once.
   */
  public synchronized void reload() {
    try {
      // Its content, since neither time nor size tell of every change of a mounted file.
      String text = PropertiesText.read(file);
      boolean settled = text.equals(seen);
      seen = text;
      if (settled && !text.equals(lastText)) {
        lastText = text;
        use(text);
        lastProblem = "";
      }
    } catch (RuntimeException e) { // Whatever the check throws: a timer stops at an exception.
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(lastProblem)) {
        lastProblem = problem;
        LOG.warn("{} changes nothing. {}", file, problem);
      }
    }
  }

  private void use(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("It is empty. Write it whole, or restart without it.");
    }
    Properties properties = PropertiesText.parse(text);
    GatewaySettings settings = GatewaySettings.read(properties);
    if (settings.keys().isEmpty() && !atStart.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "gateway.keys: The last key is gone, and without one everybody could ask. Restart the"
              + " gateway to run it without keys.");
    }
    if (hasModels && !hasModels(properties)) {
      throw new IllegalArgumentException(
          "gateway.models: The last model is gone, and the simulator would answer. Restart the"
              + " gateway to run it without models, or set gateway.models[*]=llm:simulator.");
    }
    check.accept(settings);
    List<String> waiting = new ArrayList<>(NeedsRestart.changes(atStart, settings));
    waiting.addAll(NeedsRestart.changes(propertiesAtStart, properties));
    if (!waiting.isEmpty()) {
      LOG.warn("Restart the gateway for the changes of {}.", String.join(", ", waiting));
    }
    hasModels = hasModels(properties);
    current = NeedsRestart.keep(atStart, settings);
    LOG.info("{} has changed: its models and keys count from now on.", file);
  }

  /** Its path. */
  @Override
  public String toString() {
    return file.toString();
  }

  private static boolean hasModels(Properties properties) {
    return properties.stringPropertyNames().stream()
        .anyMatch(name -> name.startsWith(SettingsReader.MODELS));
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Whatever reload() meets is logged there.
  protected void doStart() {
    timer =
        context()
            .getExecutorServiceManager()
            .newSingleThreadScheduledExecutor(this, "GatewaySettings");
    timer.scheduleWithFixedDelay(this::reload, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    if (timer != null) {
      context().getExecutorServiceManager().shutdownNow(timer);
      timer = null;
    }
  }

  private CamelContext context() {
    return Objects.requireNonNull(camelContext, "add it with CamelContext.addService");
  }
}
