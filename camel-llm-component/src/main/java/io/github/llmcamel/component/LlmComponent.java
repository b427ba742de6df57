/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.Clockwork;
import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.price.PriceTable;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.statistics.CallCounts;
import io.github.llmcamel.statistics.CallStatistics;
import io.github.llmcamel.transport.HttpSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.PropertiesHelper;
import org.jspecify.annotations.Nullable;

/**
 * The scheme {@code llm:}. Owns the connections, one timer thread and the pools that exchanges and
 * subscribers run on; all of them end when the context stops.
 */
@Component("llm")
@ManagedResource(description = "Managed LLM component")
public class LlmComponent extends HealthCheckComponent implements SSLContextParametersAware {

  private static final String AUTHORIZATION = "authorization";

  /** Defaults for the options of all endpoints. */
  @Metadata(description = "Defaults for the options of all endpoints.")
  private LlmConfiguration configuration = new LlmConfiguration();

  @Metadata(
      description =
          "What is set for one provider, by its name: apiKey, baseUrl, model, protocol, httpHeader,"
              + " keyHeader, maxTokensField, streamOptions, maxEmbeddingInputs and"
              + " healthCheckEnabled. A name that is not in the table defines a new provider.")
  private Map<String, ProviderOptions> providers = new LinkedHashMap<>();

  @Metadata(
      description =
          "The provider that llm:default means, and the only one that gets the component's apiKey,"
              + " baseUrl and httpHeader. Without it the environment variable LLM_PROVIDER decides,"
              + " and without that it is ollama.")
  private @Nullable String defaultProvider;

  @Metadata(
      label = "security",
      description =
          "Whether endpoints without sslContextParameters take Camel's global ones, which the"
              + " properties under camel.ssl configure.")
  private boolean useGlobalSslContextParameters;

  @Metadata(
      description =
          "A file of prices of your own, as file:prices.csv or classpath:prices.csv. Its rows go"
              + " before those that come with the component.")
  private @Nullable String priceTable;

  private final Environment environment = Environment.ofProcess();
  private final HealthChecks healthChecks = new HealthChecks(this);
  private final CallStatistics statistics = new CallStatistics(System::nanoTime);
  private final SpendingListener spending = new SpendingListener();
  private final TlsContexts tlsContexts = new TlsContexts();
  private PriceTable prices = PriceTable.EMPTY;
  private @Nullable ModelClient client;
  private @Nullable ExecutorService completions;
  private @Nullable ExecutorService publishers;
  private @Nullable ScheduledExecutorService timer;

  public LlmConfiguration getConfiguration() {
    return configuration;
  }

  public void setConfiguration(LlmConfiguration configuration) {
    this.configuration = configuration;
  }

  public Map<String, ProviderOptions> getProviders() {
    return providers;
  }

  public void setProviders(Map<String, ProviderOptions> providers) {
    this.providers = providers;
  }

  public @Nullable String getDefaultProvider() {
    return defaultProvider;
  }

  public void setDefaultProvider(@Nullable String defaultProvider) {
    this.defaultProvider = defaultProvider;
  }

  public @Nullable String getPriceTable() {
    return priceTable;
  }

  public void setPriceTable(@Nullable String priceTable) {
    this.priceTable = priceTable;
  }

  @Override
  public boolean isUseGlobalSslContextParameters() {
    return useGlobalSslContextParameters;
  }

  @Override
  public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
    this.useGlobalSslContextParameters = useGlobalSslContextParameters;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    LlmConfiguration options = new LlmConfiguration();
    // Taken by hand: Camel's binding would read the dots of extra.a.b as properties of a bean.
    options.setExtra(PropertiesHelper.extractProperties(parameters, "extra."));
    options.setHttpHeader(PropertiesHelper.extractProperties(parameters, "httpHeader."));
    LlmEndpoint endpoint = new LlmEndpoint(uri, this, remaining, options);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The provider that {@code llm:default} means, wherever it is named. */
  @ManagedAttribute(description = "The provider that llm:default means")
  public String getEffectiveDefaultProvider() {
    return destinations().nameOf(DestinationResolver.DEFAULT);
  }

  /** All calls that have started. */
  @ManagedAttribute(description = "Calls that have started")
  public long getTotalCalls() {
    return statistics.sum(CallCounts::calls);
  }

  /** Calls that failed; those that were cancelled are not among them. */
  @ManagedAttribute(description = "Calls that failed")
  public long getFailedCalls() {
    return statistics.sum(CallCounts::failed);
  }

  /** Calls that were sent and have not ended yet. */
  @ManagedAttribute(description = "Calls that were sent and have not ended yet")
  public long getCallsInFlight() {
    return statistics.sum(CallCounts::inFlight);
  }

  /** Calls that wait for a place (maxConcurrentRequests). */
  @ManagedAttribute(description = "Calls that wait for a place")
  public long getQueuedCalls() {
    return statistics.sum(CallCounts::queued);
  }

  /** Input tokens, as far as providers have said. */
  @ManagedAttribute(description = "Input tokens, as far as providers have said")
  public long getInputTokens() {
    return statistics.sum(CallCounts::inputTokens);
  }

  /** Output tokens, as far as providers have said. */
  @ManagedAttribute(description = "Output tokens, as far as providers have said")
  public long getOutputTokens() {
    return statistics.sum(CallCounts::outputTokens);
  }

  /** Milliseconds from sending to the first token, at most, for half of the streams; or null. */
  @ManagedAttribute(description = "Milliseconds to the first token, 50th percentile")
  public @Nullable Long getFirstTokenP50Millis() {
    return statistics.firstTokenMillis(50);
  }

  /** The same for 95 % of the streams. */
  @ManagedAttribute(description = "Milliseconds to the first token, 95th percentile")
  public @Nullable Long getFirstTokenP95Millis() {
    return statistics.firstTokenMillis(95);
  }

  /** Milliseconds that half of the calls that completed took, at most; null if none has. */
  @ManagedAttribute(description = "Milliseconds of a call, 50th percentile")
  public @Nullable Long getDurationP50Millis() {
    return statistics.durationMillis(50);
  }

  /** The same for 95 % of the calls. */
  @ManagedAttribute(description = "Milliseconds of a call, 95th percentile")
  public @Nullable Long getDurationP95Millis() {
    return statistics.durationMillis(95);
  }

  /** What models cost: the option priceTable, and what comes with the component. */
  public PriceTable prices() {
    return prices;
  }

  LlmSettings resolve(String name, LlmConfiguration options) {
    DestinationResolver destinations = destinations();
    Destination destination = destinations.resolve(destinations.nameOf(name), options);
    HttpSettings http =
        new HttpOptions(options, configuration, tlsContexts, getCamelContext())
            .read(retrieveGlobalSslContextParameters());
    return new SettingsResolver(options, configuration, environment, getCamelContext())
        .resolve(providers.get(destination.provider().name()), destination, http);
  }

  private DestinationResolver destinations() {
    return new DestinationResolver(
        configuration,
        providers,
        defaultProvider,
        environment,
        id -> getCamelContext().getRegistry().lookupByNameAndType(id, Provider.class));
  }

  /** What all calls come to; goes on counting when the component is started again. */
  CallStatistics statistics() {
    return statistics;
  }

  /** Whether and in what the calls of exchanges are counted. */
  SpendingListener spending() {
    return spending;
  }

  HealthChecks healthChecks() {
    return healthChecks;
  }

  /**
   * Camel shows a component to other threads before it has started it. Starts it, or waits until
   * the thread that does has done so.
   */
  void awaitStarted() {
    if (isInit() || isStarting()) {
      start();
    }
  }

  ModelClient client() {
    return Objects.requireNonNull(client, "not started");
  }

  /** Runs the rest of routes. */
  Executor completions() {
    return Objects.requireNonNull(completions, "not started");
  }

  /** Runs the subscribers of live answers. */
  Executor publishers() {
    return Objects.requireNonNull(publishers, "not started");
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    maskAuthorization(getCamelContext().getCamelContextExtension());
  }

  private PriceTable readPrices() {
    PriceTable shipped = PriceTable.shipped();
    return priceTable == null
        ? shipped
        : PriceTable.parse(priceTable, OptionText.load("priceTable", priceTable, getCamelContext()))
            .orElse(shipped);
  }

  @Override
  protected void doShutdown() throws Exception {
    spending.leave(getCamelContext());
    super.doShutdown();
  }

  /** Camel masks options by their name wherever it prints a URI, but does not know this name. */
  private static void maskAuthorization(ExtendedCamelContext context) {
    String known = context.getAdditionalSensitiveKeywords();
    if (known == null) {
      context.setAdditionalSensitiveKeywords(AUTHORIZATION);
    } else if (!known.toLowerCase(Locale.ROOT).contains(AUTHORIZATION)) {
      context.setAdditionalSensitiveKeywords(known + "," + AUTHORIZATION);
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    // Not at doInit: Camel Main sets options between the two.
    prices = readPrices();
    if (!ExchangeBudget.of(configuration, configuration).equals(ExchangeBudget.NONE)) {
      // Not only for the endpoints that are there at the start: toD makes others later.
      spending.listen(getCamelContext());
    }
    ExecutorServiceManager threads = getCamelContext().getExecutorServiceManager();
    // Grows when routes block on it, or calls nested in a blocking step would wait for each other.
    completions = threads.newCachedThreadPool(this, "LlmCompletion");
    // Subscribers never block, so as many threads as there are processors serve any number of them.
    publishers =
        threads.newThreadPool(
            this, "LlmPublisher", fixed(Runtime.getRuntime().availableProcessors()));
    timer = threads.newScheduledThreadPool(this, "LlmTimer", fixed(1));
    client = ModelClient.create("camel-llm", new Clockwork(timer, System::nanoTime));
  }

  private static ThreadPoolProfile fixed(int threads) {
    ThreadPoolProfile profile = new ThreadPoolProfile("llm");
    profile.setPoolSize(threads);
    profile.setMaxPoolSize(threads);
    // No limit of its own: each running call has at most one task in it.
    profile.setMaxQueueSize(-1);
    return profile;
  }

  @Override
  protected void doStop() throws Exception {
    // In this order: the calls end, their exchanges go on, then nothing is left for the pool.
    if (client != null) {
      client.close();
    }
    ExecutorServiceManager threads = getCamelContext().getExecutorServiceManager();
    if (timer != null) {
      threads.shutdownNow(timer);
    }
    if (publishers != null) {
      threads.shutdownGraceful(publishers);
    }
    if (completions != null) {
      threads.shutdownGraceful(completions);
    }
    super.doStop();
  }
}
