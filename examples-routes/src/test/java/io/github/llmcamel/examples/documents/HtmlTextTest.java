/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlTextTest {

  @TempDir private Path folder;

  @Test
  void whatAReaderSeesIsTheText() throws Exception {
    Path page =
        page(
            """
            <!doctype html><title>Not on the page</title>
            <style>p { color: red }</style>
            <h1>Terms &amp;
              conditions</h1>
            <p>First <b>para</b>graph,<br>two lines. <script>alert("x")</script>
            <p>Second.
            <ul><li>one<li>two</ul>
            <table><tr><th>a<td>b<tr><td>c<td>d</table>
            <pre>
            as  it
              is</pre>
            <div>last</div>
            """);

    assertThat(Reasons.text(page))
        .isEqualTo(
            """
            Terms & conditions

            First paragraph,
            two lines.

            Second.

            one
            two

            a\tb
            c\td

            as  it
              is

            last\
            """);
  }

  @Test
  void aPageNamesItsCharset() throws Exception {
    Path page = page("<meta charset=windows-1252><p>Füße € 5", Charset.forName("windows-1252"));

    assertThat(Reasons.text(page)).isEqualTo("Füße € 5");
  }

  @Test
  void aByteThatIsNoneOfItsCharsetIsTold() throws Exception {
    assertThat(Reasons.of(page("<p>Füße", StandardCharsets.ISO_8859_1)))
        .isEqualTo("The document is not UTF-8 text: the byte at offset 4 cannot be read.");
  }

  @Test
  void aPageWithoutTextIsEmpty() throws Exception {
    assertThat(Reasons.of(page("<body><script>run()</script><img src=a.png>")))
        .isEqualTo("The document is empty.");
  }

  private Path page(String html) throws IOException {
    return page(html, StandardCharsets.UTF_8);
  }

  private Path page(String html, Charset charset) throws IOException {
    return Files.write(folder.resolve("page.html"), html.getBytes(charset));
  }
}
