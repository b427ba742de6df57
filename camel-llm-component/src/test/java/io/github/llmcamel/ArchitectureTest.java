/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.llmcamel.codec.ChatCodec;
import io.github.llmcamel.testkit.Waiting;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The picture in docs/architecture.md, as rules. */
class ArchitectureTest {

  private static final String BASE = "io.github.llmcamel.";
  private static final int FEWEST_CLASSES = 60;

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.llmcamel");

  @Test
  void enoughClassesAreLookedAt() {
    assertThat(MAIN).hasSizeGreaterThan(FEWEST_CLASSES);
  }

  @Test
  void importsPointToPlainerThings() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("component")
            .definedBy(BASE + "component..")
            .layer("client")
            .definedBy(BASE + "client..")
            .layer("codec")
            .definedBy(BASE + "codec..")
            .layer("simulator")
            .definedBy(BASE + "simulator..")
            .layer("http")
            .definedBy(BASE + "transport.http..")
            .layer("transport")
            .definedBy(BASE + "transport")
            .layer("observe")
            .definedBy(BASE + "observe..")
            .layer("statistics")
            .definedBy(BASE + "statistics..")
            .layer("price")
            .definedBy(BASE + "price..")
            .layer("error")
            .definedBy(BASE + "error..")
            .layer("provider")
            .definedBy(BASE + "provider..")
            .layer("model")
            .definedBy(BASE + "model..")
            .whereLayer("component")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("component")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("client", "component")
            .whereLayer("simulator")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("component", "client", "http", "simulator")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("client", "component", "statistics")
            .whereLayer("statistics")
            .mayOnlyBeAccessedByLayers("component")
            .whereLayer("price")
            .mayOnlyBeAccessedByLayers("component", "observe", "statistics")
            .because("a reader who knows the arrow knows the folder"));
  }

  @Test
  void eachCodecIsImportedByItsOneUser() {
    onlyBy(BASE + "client", "codec.anthropic", "codec.ollama");
    onlyBy(BASE + "component", "codec.binding");
    // Base URLs of Azure and Vertex AI are checked at start-up: openai and gemini have two users.
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching(BASE + "(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one"));
  }

  @Test
  void onlyTheEdgeKnowsCamel() {
    check(
        noClasses()
            .that(
                resideInAPackage("io.github.llmcamel..")
                    .and(not(resideInAPackage(BASE + "component.."))))
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.apache.camel..")
                    .and(
                        not(
                            DescribedPredicate.describe(
                                "HttpOperationFailedException",
                                (JavaClass c) ->
                                    c.getSimpleName().equals("HttpOperationFailedException")))))
            .because("everything below the edge must run and be tested without a Camel context"));
  }

  @Test
  void onlyOnePackageKnowsTheHttpLibrary() {
    onlyIn("org.apache.hc..", BASE + "transport.http..");
  }

  @Test
  void onlyTheWireKnowsJackson() {
    onlyIn("com.fasterxml.jackson..", BASE + "codec..", BASE + "simulator..");
  }

  @Test
  void onlyOnePackageKnowsTheSchemaLibrary() {
    onlyIn("com.github.victools..", BASE + "codec.binding..");
  }

  @Test
  void nobodyKnowsOpenTelemetry() {
    onlyIn("io.opentelemetry..", "nowhere");
  }

  @Test
  void theWordsDependOnTheJdkAlone() {
    check(
        classes()
            .that()
            .resideInAnyPackage(BASE + "model..", BASE + "provider..", BASE + "price..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    BASE + "model..",
                    BASE + "provider..",
                    BASE + "price.."))
            .because("model, provider and price are data that layers share"));
  }

  @Test
  void nothingWaits() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BASE + "component.LlmStream")
            .and()
            .doNotHaveFullyQualifiedName(BASE + "component.ServerHealthCheck")
            .should()
            .callMethodWhere(
                DescribedPredicate.describe("it waits for another thread", Waiting::waits))
            .because(
                "a call that waits keeps a thread that other calls need; only the iterator of a"
                    + " live answer and a health check do, on the thread of whoever asks them"));
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
    Set<String> without = new TreeSet<>();
    MAIN.forEach(
        javaClass -> {
          if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
            without.add(javaClass.getPackageName());
          }
        });

    assertThat(without).as("packages without a package-info that is @NullMarked").isEmpty();
  }

  @Test
  void everyChatCodecHasATestThatExtendsTheContract() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.github.llmcamel.codec");
    MAIN.stream()
        .filter(c -> c.isAssignableTo(ChatCodec.class) && !c.isInterface())
        .forEach(
            codec ->
                assertThat(tests)
                    .as("a test of %s that extends ChatCodecContract", codec.getName())
                    .anyMatch(
                        test ->
                            test.getName().equals(codec.getName() + "Test")
                                && test.getAllRawSuperclasses().stream()
                                    .anyMatch(s -> s.getSimpleName().equals("ChatCodecContract"))));
  }

  @Test
  void namesSayWhatAThingDoes() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name says nothing about what the class is for"));
  }

  @Test
  void nobodyThrowsGenericExceptionsOrPrints() {
    check(
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.because(
            "callers must be able to tell failures"));
    check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("a library logs"));
  }

  private static void onlyBy(String user, String... codecs) {
    for (String codec : codecs) {
      check(
          noClasses()
              .that(
                  resideInAPackage("io.github.llmcamel..")
                      .and(not(resideInAnyPackage(user, BASE + codec))))
              .should()
              .dependOnClassesThat(resideInAPackage(BASE + codec))
              .because("what only one package knows can change with it"));
    }
  }

  private static void onlyIn(String library, String... packages) {
    check(
        noClasses()
            .that(resideInAPackage("io.github.llmcamel..").and(not(resideInAnyPackage(packages))))
            .should()
            .dependOnClassesThat(resideInAPackage(library))
            .because(library + " must be replaceable in one place"));
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }
}
