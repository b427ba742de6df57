/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.testkit.CapturedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  private static final String KEY = "gateway.keys[a].sha256=" + "0".repeat(64) + "\n";

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = folder.resolve("gateway.properties");
  }

  @Test
  void otherContentCounts() throws IOException {
    SettingsFile file = file("gateway.models[a]=llm:x");

    write("gateway.models[b]=llm:x\ngateway.status=public\n" + KEY);
    look(file);

    assertThat(file.current().models().aliases()).containsExactly("b");
    assertThat(file.current().status()).isEqualTo(StatusAccess.PUBLIC);
    assertThat(file.current().keys().ids()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "true \t", "{{env:NO_SUCH_VARIABLE:true}}"})
  void tlsIsReadAsCamelDoes(String value) throws IOException {
    assertThat(file("camel.ssl.enabled = " + value).hasTls()).isTrue();
    assertThat(file("camel.ssl.enabled = false").hasTls()).isFalse();
    assertThat(file("").hasTls()).isFalse();
  }

  @Test
  void aLinkThatLeadsElsewhereIsOtherContent() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "gateway.models[a]=llm:x");
    Path two = Files.writeString(folder.resolve("two"), "gateway.models[b]=llm:x");
    Files.setLastModifiedTime(two, Files.getLastModifiedTime(one));
    Files.createSymbolicLink(path, one);
    SettingsFile file = new SettingsFile(path, settings -> {});

    Files.delete(path);
    Files.createSymbolicLink(path, two);
    look(file);

    assertThat(file.current().models().aliases()).containsExactly("b");
  }

  @Test
  void theSameContentIsNotReadAgain() throws IOException {
    AtomicInteger checks = new AtomicInteger();
    write("");
    SettingsFile file = new SettingsFile(path, settings -> checks.incrementAndGet());

    look(file);
    write("gateway.models[a]=llm:x");
    look(file);
    look(file);

    assertThat(checks).hasValue(1);
  }

  @Test
  void aMistakeChangesNothingUntilItIsCorrected() throws IOException {
    SettingsFile file = file("gateway.models[a]=llm:x");
    GatewaySettings before = file.current();

    for (String broken : new String[] {"gateway.modles[b]=llm:x", " \n", "gateway.status=\\u00"}) {
      write(broken);
      look(file);
      assertThat(file.current()).as(broken).isSameAs(before);
    }
    Files.delete(path);
    look(file);
    assertThat(file.current()).isSameAs(before);

    write("gateway.models[b]=llm:x");
    look(file);
    assertThat(file.current().models().aliases()).containsExactly("b");
  }

  @Test
  void whatTheCheckRefusesChangesNothing() throws IOException {
    write("");
    SettingsFile file =
        new SettingsFile(
            path,
            settings -> {
              throw new IllegalArgumentException("no such provider");
            });
    GatewaySettings before = file.current();

    write("gateway.models[a]=llm:x");
    look(file);

    assertThat(file.current()).isSameAs(before);
  }

  @Test
  void theLastKeyCannotBeTakenFromARunningGateway() throws IOException {
    SettingsFile file = file(KEY);

    write("gateway.models[a]=llm:x");
    look(file);

    assertThat(file.current().keys().ids()).containsExactly("a");
  }

  @Test
  void halfAFileDoesNotCount() throws IOException {
    SettingsFile file = file("gateway.models[a]=llm:x\n" + KEY);
    GatewaySettings before = file.current();

    write("gateway.models[b]=llm:x\n" + KEY);
    file.reload();
    assertThat(file.current()).isSameAs(before);
    write("gateway.models[b]=llm:x\n" + KEY + "gateway.keys[a].models=b");
    file.reload();
    assertThat(file.current()).isSameAs(before);

    file.reload();
    assertThat(file.current().models().aliases()).containsExactly("b");
  }

  @Test
  void theLastModelCannotBeTakenFromARunningGateway() throws IOException {
    SettingsFile file = file(KEY);
    write("gateway.models[a]=llm:x\n" + KEY);
    look(file);

    write(KEY);
    look(file);

    assertThat(file.current().models().aliases()).containsExactly("a");
  }

  @Test
  void whatNeedsARestartStaysAndIsNamed() throws IOException {
    SettingsFile file = file("gateway.models[a]=llm:x");

    write("gateway.models[b]=llm:x\ngateway.queue-timeout=1s\ngateway.cors-origins=*");
    look(file);

    assertThat(file.current().models().aliases()).containsExactly("b");
    assertThat(file.current().limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(file.current().corsOrigins()).isEmpty();
    assertThat(
            NeedsRestart.changes(
                GatewaySettings.read(PropertiesText.parse("")),
                GatewaySettings.read(
                    PropertiesText.parse(
                        KEY + "gateway.queue-timeout=1s\ngateway.cors-origins=*"))))
        .containsExactly("gateway.keys", "gateway.queue-timeout", "gateway.cors-origins");
  }

  @Test
  void aChangedPropertyOfCamelsIsNamedWithoutItsValue() throws IOException {
    SettingsFile file = file("camel.component.llm.providers[x].api-key=secret1\ncamel.same=1");

    try (CapturedLog log = new CapturedLog()) {
      write(
          "camel.component.llm.providers[x].api-key=secret2\ncamel.same=1\ncamel.ssl.enabled=true");
      look(file);

      assertThat(log.linesWith("Restart"))
          .singleElement()
          .asString()
          .contains("of camel.component.llm.providers[x].api-key, camel.ssl.enabled.");
      assertThat(log.text()).doesNotContain("secret");
    }
  }

  @Test
  void whileTheContextRunsTheFileIsLookedAt() throws Exception {
    SettingsFile file = file("gateway.models[a]=llm:x");
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.addService(file);
      context.start();

      write("gateway.models[b]=llm:x");

      await().until(() -> file.current().models().aliases().contains("b"));
    }
    // A thread that is told to end has still to do so.
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("GatewaySettings")));
  }

  @Test
  void aFileThatCannotBeReadIsToldAtTheStart() throws IOException {
    assertRefused("There is no file " + path);
    Files.write(path, new byte[] {(byte) 0xff});
    assertRefused(path + " is not UTF-8.");
    Files.write(path, new byte[1024 * 1024 + 1]);
    assertRefused(path + " has more than 1048576 bytes.");
    write("gateway.status=public\ngateway.status=private");
    assertRefused("gateway.status: The property is there twice.");
    write("a=C:\\users");
    assertRefused("There is a backslash before a u");
  }

  @Test
  void escapedBackslashesMayStandBeforeAU() {
    assertThat(PropertiesText.parse("# C:\\users\na=C:\\\\users\nb=\\u0041"))
        .containsEntry("a", "C:\\users")
        .containsEntry("b", "A");
  }

  private void assertRefused(String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SettingsFile(path, settings -> {}))
        .withMessageStartingWith(problem);
  }

  private SettingsFile file(String text) throws IOException {
    write(text);
    return new SettingsFile(path, settings -> {});
  }

  /** Twice, as what is seen once may be half written. */
  private static void look(SettingsFile file) {
    file.reload();
    file.reload();
  }

  private void write(String text) throws IOException {
    Files.write(path, text.getBytes(StandardCharsets.UTF_8));
  }
}
