/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.otel.context.TracedNode;
import io.github.llmcamel.otel.genai.CallTelemetry;
import io.github.llmcamel.otel.genai.GenAiAttributes;
import io.github.llmcamel.otel.genai.GenAiInstruments;
import io.github.llmcamel.testkit.Waiting;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
    packages = "io.github.llmcamel.otel",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ENTERS_THE_COMPONENT_THROUGH_ITS_SEAM =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are behind the component's seam",
                  type ->
                      type.getPackageName().startsWith("io.github.llmcamel.")
                          && !type.isEquivalentTo(ExchangeObserver.class)
                          && !resideInAPackage(
                                  "io.github.llmcamel.(otel|observe|provider|price|model|error)..")
                              .test(type)))
          .because("telemetry must survive a change of producer, client, codec and transport");

  @ArchTest
  static final ArchRule ROOMS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("io.github.llmcamel.otel.(*)..")
          .should()
          .notDependOnEachOther()
          .because("names, trace context and set-up change for different reasons");

  @ArchTest
  static final ArchRule CONTENTS_DO_NOT_KNOW_WHERE_THEY_GO =
      noClasses()
          .that()
          .resideInAPackage("io.github.llmcamel.otel.genai.content..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.llmcamel.otel.genai")
          .because("applications see them, spans and events take them");

  @ArchTest
  static final ArchRule JSON_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.llmcamel.otel.genai.content..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..")
          .because("only contents are JSON");

  @ArchTest
  static final ArchRule NOTHING_KNOWS_THE_DOORS =
      noClasses()
          .that()
          .resideInAPackage("io.github.llmcamel.otel.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.llmcamel.otel")
          .because("the doors put the rooms together");

  @ArchTest
  static final ArchRule CAMEL_ONLY_AT_THE_DOORS =
      noClasses()
          .that()
          .resideInAnyPackage("io.github.llmcamel.otel.genai..", "io.github.llmcamel.otel.setup..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..")
          .because("what a call looks like and where telemetry goes has nothing to do with Camel");

  @ArchTest
  static final ArchRule SDK_ONLY_IN_SETUP =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.llmcamel.otel.setup..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry.sdk..")
          .because("applications with an OpenTelemetry of their own may exclude the SDK");

  @ArchTest
  static final ArchRule ATTRIBUTE_KEYS_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotBelongToAnyOf(GenAiAttributes.class)
          .should()
          .callMethodWhere(
              describe(
                  "a factory of attribute keys is called",
                  call ->
                      call.getTargetOwner().isEquivalentTo(AttributeKey.class)
                          && call.getName().endsWith("Key")
                          && !call.getName().equals("getKey")))
          .because("every name stands in GenAiAttributes, next to its revision");

  @ArchTest
  static final ArchRule INSTRUMENTS_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotBelongToAnyOf(GenAiInstruments.class)
          .should()
          .callMethodWhere(
              describe(
                  "an instrument is built",
                  call ->
                      call.getTargetOwner().getPackageName().equals("io.opentelemetry.api.metrics")
                          && (call.getName().endsWith("Builder")
                              && !call.getName().equals("meterBuilder")
                              && !call.getTargetOwner().getSimpleName().equals("MeterBuilder"))))
          .because("every instrument stands in GenAiInstruments");

  @ArchTest
  static final ArchRule ONLY_NODES_AND_REQUESTS_ARE_GIVEN_A_CURRENT_CONTEXT =
      noClasses()
          .that()
          .doNotBelongToAnyOf(TracedNode.class, CallTelemetry.class)
          .and()
          .haveNameNotMatching(".*[.](CamelTracingSpan|CurrentContext)([$].*)?")
          .should()
          .callMethodWhere(
              describe(
                  "something is made current",
                  call ->
                      call.getName().equals("makeCurrent")
                          || (call.getName().startsWith("wrap")
                              && call.getTargetOwner().isEquivalentTo(Context.class))
                          || call.getTargetOwner().isAssignableTo(ContextStorage.class)))
          .because("a call moves between threads and must not leave its span on one of them");

  @ArchTest
  static final ArchRule CAMEL_TRACING_IN_ONE_PLACE =
      noClasses()
          .that()
          .haveNameNotMatching(".*[.]CamelTracingSpan([$].*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel.tracing..")
          .because("applications without that tracer do not have its classes");

  @ArchTest
  static final ArchRule CAMEL_TELEMETRY_IN_ONE_PLACE =
      noClasses()
          .that()
          .haveNameNotMatching(".*[.]CamelTelemetrySpan([$].*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel.telemetry..")
          .because("applications without that tracer do not have its classes");

  @ArchTest
  static final ArchRule ONLY_ENDINGS_WAIT =
      noClasses()
          .that()
          .haveNameNotMatching(".*[.](ForeignCode|OwnSdk)([$].*)?")
          .should()
          .callMethodWhere(describe("it waits for another thread", Waiting::waits))
          .because(
              "telemetry holds up no call; what waits does so on threads of its own or at stop");

  @ArchTest
  static final ArchRule THE_GLOBAL_ONE_IS_LOOKED_AT_IN_ONE_PLACE =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("OpenTelemetryApi")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(GlobalOpenTelemetry.class)
          .orShould()
          .callMethodWhere(
              describe(
                  "something is registered globally",
                  (JavaAccess<?> call) ->
                      call.getName().equals("setResultAsGlobal")
                          || call.getName().equals("buildAndRegisterGlobal")))
          .because("that place is the application's");

  @ArchTest
  static final ArchRule NO_GENERIC_EXCEPTIONS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule NAMES_SAY_SOMETHING =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
          .because("such a name fits everything");

  @ArchTest
  static void everyPackageIsNullMarkedAndExplainsItself(JavaClasses scanned) {
    assertThat(scanned.stream().map(JavaClass::getPackage).distinct())
        .allSatisfy(unit -> assertThat(unit.tryGetAnnotationOfType(NullMarked.class)).isPresent());
  }

  @ArchTest
  static void looksAtAllOfIt(JavaClasses scanned) {
    assertThat(scanned).hasSizeGreaterThan(90);
    assertThat(scanned.stream().map(JavaClass::getPackageName).distinct())
        .contains(
            "io.github.llmcamel.otel",
            "io.github.llmcamel.otel.genai",
            "io.github.llmcamel.otel.genai.content",
            "io.github.llmcamel.otel.context",
            "io.github.llmcamel.otel.setup");
  }
}
