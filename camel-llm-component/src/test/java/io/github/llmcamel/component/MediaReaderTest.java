/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Part.Media.Kind;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaReaderTest {

  private static final byte[] BYTES = {(byte) 0xFB, (byte) 0xFF, 0};
  private static final String BASE64 = "+/8A";

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "image/png, IMAGE, image/png",
    "IMAGE/PNG; name=x, IMAGE, image/png",
    "audio/x-wav, AUDIO, audio/x-wav",
    "application/pdf, DOCUMENT, application/pdf",
    "application/msword, DOCUMENT, application/msword"
  })
  void isToldByTheContentType(String contentType, Kind kind, String mediaType) {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);

    assertThat(read(BYTES)).containsExactly(media(kind, mediaType, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain; charset=UTF-8",
        "application/json",
        "application/problem+json",
        "application/xml",
        "image/svg+xml",
        "application/octet-stream",
        "application/x-anything",
        "",
        ";"
      })
  void allOtherTypesAreText(String contentType) {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);

    assertThat(read(BYTES)).isEmpty();
  }

  @Test
  void bytesWithoutAnyTypeAreText() {
    assertThat(read(BYTES)).isEmpty();
    assertThat(read(new ByteArrayInputStream(BYTES))).isEmpty();
  }

  @Test
  void theFileNameOfTheMessageTellsWhereNoTypeDoes() {
    exchange.getMessage().setHeader(Exchange.FILE_NAME, "in/box\\Scan.PDF");
    assertThat(read(BYTES)).containsExactly(media(Kind.DOCUMENT, "application/pdf", "Scan.PDF"));

    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/octet-stream");
    assertThat(read(BYTES)).containsExactly(media(Kind.DOCUMENT, "application/pdf", "Scan.PDF"));

    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain");
    assertThat(read(BYTES)).isEmpty();
  }

  @Test
  void filesAndPathsTellByTheirOwnName() throws IOException {
    Path photo = Files.write(folder.resolve("photo.JPG"), BYTES);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/pdf");
    exchange.getMessage().setHeader(Exchange.FILE_NAME, "other.wav");

    Part.Media expected = media(Kind.IMAGE, "image/jpeg", "photo.JPG");
    assertThat(read(photo)).containsExactly(expected);
    assertThat(read(photo.toFile())).containsExactly(expected);
    assertThat(read(consumed(photo.toFile()))).containsExactly(expected);
  }

  @Test
  void aTextFileIsTextWhateverAHeaderSays() throws IOException {
    Path text = Files.write(folder.resolve("notes.txt"), BYTES);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");

    assertThat(read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "scan", "scan.tmp"})
  void theHeaderTellsWhereTheFilesOwnNameDoesNot(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), BYTES);
    assertThat(read(file)).isEmpty();
    exchange.getMessage().setHeader(Exchange.FILE_CONTENT_TYPE, "image/png");

    assertThat(read(file)).containsExactly(media(Kind.IMAGE, "image/png", name));
  }

  @Test
  void streamsAreReadToTheEndAndClosed() {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");
    Endless stream = new Endless(1_000);

    List<Part> parts = read(stream);

    assertThat(parts).hasSize(1);
    assertThat(((Part.Media) parts.get(0)).size()).isEqualTo(1_000);
    assertThat(stream.isClosed).isTrue();
  }

  @Test
  void aCachedStreamCanBeReadAgain() {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");
    InputStreamCache cached = new InputStreamCache(BYTES);

    assertThat(read(cached)).isEqualTo(read(cached)).hasSize(1);
  }

  @Test
  void aStreamIsNeverReadFurtherThanOneByteAboveTheLimit() {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");
    Endless stream = new Endless(Integer.MAX_VALUE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(stream, 1_000))
        .withMessage(
            "The body has more than 1000 bytes. Raise the option maxMediaBytes, or send less.");
    assertThat(stream.taken).isEqualTo(1_001);
    assertThat(stream.isClosed).isTrue();
  }

  @Test
  void theLimitNamesTheFile() throws IOException {
    Path file = Files.write(folder.resolve("scan.pdf"), new byte[11]);

    assertThat(read(file, 11)).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file, 10))
        .withMessage(
            "The file scan.pdf has more than 10 bytes. Raise the option maxMediaBytes, or send less.");
  }

  @Test
  void theLimitIsInclusiveForBytesToo() {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");

    assertThat(read(BYTES, 3)).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(BYTES, 2))
        .withMessageContaining("maxMediaBytes");
  }

  @Test
  void anEmptyOrMissingFileIsRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(empty))
        .withMessage(
            "The file empty.png is empty. Check that no earlier step of the route has read it.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(folder.resolve("missing.png")))
        .withMessageStartingWith("The file missing.png cannot be read.");
  }

  @Test
  void aUrlIsSentAsItIs() throws IOException {
    assertThat(read(URI.create("https://h/a/Photo.png?size=1")))
        .containsExactly(new Part.Media(Kind.IMAGE, "https://h/a/Photo.png?size=1", null, null));
    assertThat(read(new URL("http://h/a.pdf")))
        .containsExactly(new Part.Media(Kind.DOCUMENT, "http://h/a.pdf", null, null));
    assertThat(read(URI.create("data:audio/wav;base64," + BASE64)))
        .containsExactly(media(Kind.AUDIO, "audio/wav", null));
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/webp");
    assertThat(read(URI.create("https://h/image")))
        .containsExactly(new Part.Media(Kind.IMAGE, "https://h/image", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/image, no image",
    "https://h/page.html, text/plain",
    "'data:text/plain,secret', text/plain",
    "'data:,secret', no image",
    "data:image/secret, no image",
    "file:///etc/secret.png, scheme file",
    "secret.png, scheme null"
  })
  void aUrlOfSomethingElseIsRefusedWithoutRepeatingIt(URI url, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(url))
        .withMessageContaining(problem)
        .withMessageNotContaining("secret");
  }

  @Test
  void aUrlThatIsNoUriIsRefusedWithoutRepeatingIt() throws IOException {
    URL url = new URL("https://h/secret file.png");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(url))
        .withMessage("The body is a URL with characters that it must not have. Escape them.")
        .withNoCause();
  }

  @Test
  void partsAreTakenAsTheyAre() {
    Part image = media(Kind.IMAGE, "image/png", null);
    Part text = new Part.Text("Compare.");

    assertThat(read(image)).containsExactly(image);
    assertThat(read(List.of(image, image, text))).containsExactly(image, image, text);
    assertThat(read(List.of(image, "Compare."))).isEmpty();
    assertThat(read("data:image/png;base64," + BASE64)).isEmpty();
  }

  private List<Part> read(Object body) {
    return read(body, 1_000);
  }

  private List<Part> read(Object body, int limit) {
    exchange.getMessage().setBody(body);
    return MediaReader.read(exchange, new MediaLimit(limit));
  }

  private static Part.Media media(Kind kind, String mediaType, @Nullable String name) {
    return new Part.Media(kind, "data:" + mediaType + ";base64," + BASE64, name, null);
  }

  private static WrappedFile<File> consumed(File file) {
    GenericFile<File> consumed = new GenericFile<>();
    consumed.setFile(file);
    return consumed;
  }

  /** Counts what is taken of it. */
  private static final class Endless extends InputStream {
    private final int length;
    private int taken;
    private boolean isClosed;

    Endless(int length) {
      this.length = length;
    }

    @Override
    public int read() {
      return taken++ < length ? 'x' : -1;
    }

    @Override
    public int read(byte[] into, int offset, int most) {
      int given = Math.min(most, length - taken);
      Arrays.fill(into, offset, offset + given, (byte) 'x');
      taken += given;
      return given == 0 ? -1 : given;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
