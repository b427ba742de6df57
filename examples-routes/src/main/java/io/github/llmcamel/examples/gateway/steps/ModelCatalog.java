/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.component.LlmProperties;
import io.github.llmcamel.examples.gateway.api.ServedModel;
import io.github.llmcamel.examples.gateway.settings.GatewaySettings;
import io.github.llmcamel.examples.gateway.settings.ModelTable;
import io.github.llmcamel.examples.gateway.settings.Target;
import io.github.llmcamel.model.ModelInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ProducerCache;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that clients may ask for: the names that are configured, and, of the providers behind
 * a name that ends in a star, those that match it. Providers are asked at most once in 30 seconds;
 * one that does not answer within 5 is left out. Thread-safe.
 */
public final class ModelCatalog extends ServiceSupport {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCatalog.class);

  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_PROVIDERS = 100;

  private final CamelContext context;
  private final Supplier<GatewaySettings> settings;
  private final ProducerCache producers;
  private CompletableFuture<List<ServedModel>> known = CompletableFuture.completedFuture(List.of());
  private @Nullable ModelTable knownOf;
  private long asked;

  /**
   * @param settings gives those that hold at the moment
   */
  public ModelCatalog(CamelContext context, Supplier<GatewaySettings> settings) {
    this.context = context;
    this.settings = settings;
    this.producers = new DefaultProducerCache(this, context, MOST_PROVIDERS);
  }

  @Override
  protected void doStart() {
    producers.start();
  }

  @Override
  protected void doStop() {
    producers.stop();
  }

  /** The models, each name once: those that are configured, then those of the providers. */
  synchronized CompletableFuture<List<ServedModel>> models() {
    ModelTable table = settings.get().models();
    boolean isOld = System.nanoTime() - asked > KEPT.toNanos();
    if (table != knownOf || (isOld && known.isDone())) {
      knownOf = table;
      asked = System.nanoTime();
      known = ask(table);
    }
    return known;
  }

  private CompletableFuture<List<ServedModel>> ask(ModelTable table) {
    List<CompletableFuture<List<ServedModel>>> answers = new ArrayList<>();
    table.patterns().values().stream()
        .distinct()
        .forEach(target -> answers.add(ask(table, target)));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Map<String, ServedModel> models = new LinkedHashMap<>();
              table
                  .aliases()
                  .forEach(
                      alias ->
                          models.put(
                              alias,
                              new ServedModel(
                                  alias, Instant.EPOCH, table.chainFor(alias).get(0).provider())));
              answers.forEach(
                  answer -> answer.join().forEach(model -> models.putIfAbsent(model.id(), model)));
              return List.copyOf(models.values());
            });
  }

  private CompletableFuture<List<ServedModel>> ask(ModelTable table, Target target) {
    if (target.model() != null) {
      return CompletableFuture.completedFuture(List.of());
    }
    try {
      return ask(context.getEndpoint(target.models()))
          .thenApply(exchange -> servedBy(target, exchange, table))
          .exceptionally(failure -> none(target, failure));
    } catch (RuntimeException without) {
      return CompletableFuture.completedFuture(none(target, without));
    }
  }

  private CompletableFuture<Exchange> ask(Endpoint endpoint) {
    Exchange exchange = endpoint.createExchange();
    exchange.setProperty(
        LlmProperties.CANCEL_WHEN,
        new CompletableFuture<Void>()
            .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    AsyncProducer producer = producers.acquireProducer(endpoint);
    return producer
        .processAsync(exchange)
        .whenComplete((answered, none) -> producers.releaseProducer(endpoint, producer));
  }

  private static List<ServedModel> none(Target target, Throwable why) {
    LOG.warn("{} does not say what models it has. {}", target.provider(), why.toString());
    return List.of();
  }

  @SuppressWarnings("unchecked") // what operation=models leaves in the body
  private static List<ServedModel> servedBy(Target target, Exchange exchange, ModelTable table) {
    if (exchange.getException() != null) {
      throw new IllegalStateException(exchange.getException());
    }
    List<ModelInfo> models = exchange.getMessage().getBody(List.class);
    return models.stream()
        .filter(model -> isFirst(target, table.chainFor(model.id())))
        .map(
            model ->
                new ServedModel(
                    model.id(),
                    Objects.requireNonNullElse(model.created(), Instant.EPOCH),
                    Objects.requireNonNullElse(model.owner(), target.provider())))
        .toList();
  }

  /** Whether who asks for a model is sent to where it was found. */
  private static boolean isFirst(Target target, List<Target> chain) {
    return !chain.isEmpty() && chain.get(0).equals(target);
  }
}
