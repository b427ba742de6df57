/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads files of properties. Its messages tell no values. */
final class PropertiesText {

  private static final int MOST_BYTES = 1024 * 1024;

  private PropertiesText() {}

  /**
   * The text of a file.
   *
   * @throws IllegalArgumentException if it cannot be read; says why and the cure
   */
  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "%s has more than %d bytes. Name a file of properties.".formatted(file, MOST_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no file %s. Name one that exists.".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8. Save it as UTF-8.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read. Check its permissions.", e);
    }
  }

  /**
   * The properties of a text.
   *
   * @throws IllegalArgumentException if a name of the gateway's stands there twice, or an escape is
   *     none
   */
  static Properties parse(String text) {
    UniqueProperties properties = new UniqueProperties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "There is a backslash before a u without four hexadecimal digits. Write two backslashes"
              + " for one.",
          e);
    } catch (IOException e) {
      throw new IllegalStateException("a text can be read", e);
    }
    if (properties.repeated != null) {
      throw new IllegalArgumentException(
          properties.repeated + ": The property is there twice. Remove one of them.");
    }
    return properties;
  }

  /** Notices a second value, which silently replaces the first. */
  private static final class UniqueProperties extends Properties {

    private static final long serialVersionUID = 1L;

    private @Nullable String repeated;

    @Override
    public synchronized @Nullable Object put(Object name, Object value) {
      if (name.toString().startsWith(SettingsReader.PREFIX) && containsKey(name)) {
        repeated = name.toString();
      }
      return super.put(name, value);
    }
  }
}
