/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** What a reader of a web page sees: paragraphs with a blank line between them. */
final class HtmlText {

  private static final String UNSEEN = "script, style, noscript, template, head, svg";

  private HtmlText() {}

  /**
   * @param charset null leaves it to the page
   */
  static Reader open(Path file, @Nullable Charset charset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    org.jsoup.nodes.Document page =
        Jsoup.parse(new ByteArrayInputStream(bytes), charset == null ? null : charset.name(), "");
    checkBytes(bytes, page.charset());
    page.select(UNSEEN).remove();
    Text text = new Text();
    page.traverse(text);
    return new StringReader(text.out.toString().strip());
  }

  /** The parser would put question marks where the page is broken. */
  private static void checkBytes(byte[] bytes, Charset charset) throws IOException {
    try (Reader strict = new StrictReader(new ByteArrayInputStream(bytes), charset)) {
      strict.transferTo(Writer.nullWriter());
    }
  }

  private static final class Text implements NodeVisitor {

    private final StringBuilder out = new StringBuilder();

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        append(text);
      } else if (node instanceof Element element) {
        if (element.normalName().equals("br")) {
          out.append('\n');
        } else if (isBlock(element)) {
          breakTo(gap(element));
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element) {
        if (isBlock(element)) {
          breakTo(gap(element));
        } else if (element.normalName().matches("td|th")) {
          out.append('\t');
        }
      }
    }

    private void append(TextNode node) {
      Element parent = node.parentElement();
      boolean asItIs = parent != null && parent.closest("pre") != null;
      String text = asItIs ? node.getWholeText() : node.text();
      boolean atStart = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
      out.append(atStart && !asItIs ? text.stripLeading() : text);
    }

    /** Two the parser counts in are parts of a line here. */
    private static boolean isBlock(Element element) {
      return element.isBlock() && !element.normalName().matches("br|td|th");
    }

    private static int gap(Element element) {
      return element.normalName().matches("li|tr|dt|dd|tbody|thead|tfoot") ? 1 : 2;
    }

    /** As many line ends as that, unless nothing stands before them. */
    private void breakTo(int lineEnds) {
      int end = out.length();
      int has = 0;
      while (end > 0 && Character.isWhitespace(out.charAt(end - 1))) {
        has += out.charAt(end - 1) == '\n' ? 1 : 0;
        end--;
      }
      if (end > 0) {
        out.setLength(end);
        out.append("\n".repeat(Math.max(has, lineEnds)));
      }
    }
  }
}
