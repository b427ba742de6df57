/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The examples are what users copy: they use what users may use. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.llmcamel.examples");

  @Test
  void enoughClassesAreLookedAt() {
    assertThat(MAIN).hasSizeGreaterThan(8);
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
  void everyPackageIsNullMarkedAndNobodyThrowsGenericExceptions() {
    assertThat(MAIN).allMatch(c -> c.getPackage().isAnnotatedWith(NullMarked.class));
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(MAIN);
  }
}
