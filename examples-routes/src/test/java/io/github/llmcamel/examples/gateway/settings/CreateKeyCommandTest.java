/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.Authentication.Accepted;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CreateKeyCommandTest {

  private static final Pattern KEY = Pattern.compile("sk-[a-z]+-[0-9a-f]{64}");

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void withoutAFileTheLinesArePrintedBesideTheKey() {
    assertThat(run("alice", "--models", "fast,claude-*", "--requests-per-minute", "60")).isZero();

    assertThat(output.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("The key, which nobody can show again:"),
            line -> assertThat(line).matches(KEY),
            line -> assertThat(line).startsWith("Its lines for the properties file"),
            line -> assertThat(line).matches("gateway\\.keys\\[alice]\\.sha256=[0-9a-f]{64}"),
            line -> assertThat(line).isEqualTo("gateway.keys[alice].models=fast,claude-*"),
            line -> assertThat(line).isEqualTo("gateway.keys[alice].requests-per-minute=60"));
  }

  @Test
  void theFileThatWasNotThereLetsTheKeyInAndIsItsOwnersAlone() throws IOException {
    Path file = folder.resolve("gateway.properties");

    assertThat(run("alice", "--requests-per-minute", "5", "--config", file.toString())).isZero();

    ApiKey key = accepted(file);
    assertThat(key.id()).isEqualTo("alice");
    assertThat(key.requestsPerMinute()).isEqualTo(5);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(printedKey());
    assertThat(output.toString()).doesNotContain("sha256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# mine", "gateway.status=public\n", "camel.x=a\\", "camel.x=a\\\n"})
  void theFileKeepsWhatItHas(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("gateway.properties"), text);

    assertThat(run("bob", "--config", file.toString())).isZero();

    assertThat(accepted(file).id()).isEqualTo("bob");
    assertThat(Files.readString(file)).startsWith(text);
  }

  @Test
  void anIdThatIsThereIsRefused() throws IOException {
    Path file = folder.resolve("gateway.properties");
    assertThat(run("alice", "--config", file.toString())).isZero();
    String before = Files.readString(file);
    output.getBuffer().setLength(0);

    assertRefused(file + " has a key alice already.", "alice", "--config", file.toString());

    assertThat(file).hasContent(before);
    assertThat(output.toString()).doesNotContain("sk-");
    assertThat(run("alic", "--config", file.toString())).as("a similar one").isZero();
  }

  @Test
  void whatAKeyCannotHaveIsRefused() {
    assertRefused("The id of a key has 1 to 32 characters", "Alice");
    assertRefused("The requests per minute are 0", "alice", "--requests-per-minute", "0");
    assertRefused("A model is a name", "alice", "--models", "a b");
    assertRefused("There is no model.", "alice", "--models", ",");
  }

  @Test
  void aFileThatCannotBeMadeIsRefused() {
    String file = folder.resolve("no/gateway.properties").toString();

    assertRefused(
        "--config is %s, which cannot be written.".formatted(file), "a", "--config", file);
  }

  private void assertRefused(String problem, String... arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(errors.toString()).contains(problem);
  }

  private ApiKey accepted(Path file) {
    GatewaySettings settings =
        GatewaySettings.read(PropertiesText.parse(PropertiesText.read(file)));
    return ((Accepted) settings.keys().authenticate("Bearer " + printedKey())).key();
  }

  private String printedKey() {
    Matcher key = KEY.matcher(output.toString());
    assertThat(key.find()).isTrue();
    return key.group();
  }

  private int run(String... arguments) {
    return new CommandLine(new CreateKeyCommand())
        .setOut(new PrintWriter(output))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }
}
