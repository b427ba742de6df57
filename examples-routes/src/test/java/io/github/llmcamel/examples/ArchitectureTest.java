/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The examples are what users copy: they use what users may use. */
class ArchitectureTest {

  private static final String EXAMPLES = "io.github.llmcamel.examples";
  private static final String GATEWAY = EXAMPLES + ".gateway";

  /** What each package of the batch imports of the others. */
  private static final Map<String, Set<String>> ARROWS_OF_THE_BATCH =
      Map.of(
          "batch", Set.of("distribute", "pipelines", "stages", "ledger", "documents", "launch"),
          "distribute", Set.of("stages", "launch"),
          "pipelines", Set.of("documents"),
          "stages", Set.of("ledger", "pipelines"),
          "ledger", Set.of(),
          "documents", Set.of(),
          "launch", Set.of());

  /** What each package of the gateway imports of the others; its root imports all. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "steps", Set.of("server", "settings", "access", "api"),
          "server", Set.of("settings", "access", "api", "status", "telemetry"),
          "settings", Set.of("access"),
          "access", Set.of(),
          "api", Set.of(),
          "status", Set.of(),
          "telemetry", Set.of());

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(EXAMPLES);

  @Test
  void enoughClassesAreLookedAt() {
    assertThat(MAIN).hasSizeGreaterThan(100);
  }

  @Test
  void onlyPublicPackagesAreImported() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.llmcamel.client..",
            "io.github.llmcamel.codec..",
            "io.github.llmcamel.transport..",
            "io.github.llmcamel.simulator..",
            "io.github.llmcamel.otel.genai..",
            "io.github.llmcamel.otel.setup..")
        .because("an example must compile in a user's project")
        .check(MAIN);
  }

  @Test
  void theArrowsOfTheGatewayPointOneWay() {
    classes()
        .that()
        .resideInAPackage(GATEWAY + "..")
        .should()
        .resideInAnyPackage(packages(GATEWAY, ARROWS.keySet(), ""))
        .check(MAIN);
    assertArrows(GATEWAY, ARROWS);
  }

  @Test
  void theArrowsOfTheBatchPointOneWay() {
    assertArrows(EXAMPLES, ARROWS_OF_THE_BATCH);
  }

  @Test
  void kafkaIsKnownWhereDocumentsAreDistributed() {
    noClasses()
        .that()
        .resideOutsideOfPackage(EXAMPLES + ".distribute")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.camel.component.kafka..")
        .because("other brokers do as well")
        .check(MAIN);
  }

  @Test
  void eachPackageOfTheGatewayKnowsItsOwnLibrariesAlone() {
    only("server", "org.eclipse.jetty..", "jakarta.servlet..");
    only("telemetry", "io.opentelemetry.sdk..", "io.prometheus..");
    only("access", "io.github.bucket4j..");
    noClasses()
        .that()
        .resideInAnyPackage(GATEWAY + ".api", GATEWAY + ".access", GATEWAY + ".telemetry")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .because("it could serve without Camel")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(
            GATEWAY + ".api",
            GATEWAY + ".access",
            GATEWAY + ".settings",
            GATEWAY + ".status",
            GATEWAY + ".steps")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("who answers need not know that somebody watches")
        .check(MAIN);
  }

  private static void assertArrows(String root, Map<String, Set<String>> arrows) {
    arrows.forEach(
        (from, to) ->
            noClasses()
                .that()
                .resideInAPackage(root + "." + from)
                .should()
                .dependOnClassesThat(
                    resideInAPackage(root + "..")
                        .and(not(resideInAnyPackage(packages(root, to, "." + from)))))
                .check(MAIN));
  }

  private static String[] packages(String root, Set<String> names, String another) {
    return Stream.concat(names.stream().map(name -> "." + name), Stream.of(another))
        .map(root::concat)
        .toArray(String[]::new);
  }

  private static void only(String owner, String... libraries) {
    noClasses()
        .that()
        .resideInAPackage(GATEWAY + "..")
        .and()
        .resideOutsideOfPackage(GATEWAY + "." + owner)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .because(owner + " hides them")
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarkedAndNobodyThrowsGenericExceptions() {
    assertThat(MAIN).allMatch(c -> c.getPackage().isAnnotatedWith(NullMarked.class));
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(MAIN);
  }
}
