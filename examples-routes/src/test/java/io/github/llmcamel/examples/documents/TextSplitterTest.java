/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.documents.TextSplitter.Cut;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSplitterTest {

  private static final String[] BITS = {
    "word",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    ".",
    "!",
    "语言模型",
    "。",
    "😀",
    "👩‍👩‍👧",
    "ß",
    "\t",
    "<|endoftext|>",
    "x".repeat(700),
    "Donaudampfschifffahrt",
    "12345678901234567890",
    "\u00A0",
    "\u2003",
    "\"",
    "’s",
    "🏳️‍🌈",
    " \n ",
    "é"
  };

  @Test
  void aTextThatFitsIsOnePiece() {
    assertThat(split(Cut.PARAGRAPH, 100, 10, " One.\n\nTwo. ")).containsExactly("One.\n\nTwo.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\n\t "})
  void aTextWithoutWordsHasNoPieces(String text) {
    assertThat(split(Cut.WORD, 16, 0, text)).isEmpty();
  }

  @Test
  void aPieceEndsAfterAParagraph() {
    String first =
        "The first paragraph has a few words more than the others, and two lines.\nThis one.";
    String second = "The second paragraph. It has two sentences.";
    String third = "The third paragraph is short.";

    assertThat(split(Cut.PARAGRAPH, 24, 0, first + "\n\n" + second + "\r\n \r\n" + third))
        .containsExactly(first, second + "\r\n \r\n" + third);
  }

  @Test
  void aHeadingStaysWithTheLongParagraphBelowIt() {
    assertThat(split(Cut.PARAGRAPH, 20, 0, "Heading\n\n" + "One two three four five. ".repeat(6)))
        .first()
        .asString()
        .startsWith("Heading\n\nOne")
        .endsWith("five.");
  }

  @Test
  void aParagraphThatIsTooLongEndsAfterALineElseASentenceElseAWord() {
    String lines = "one two three four five six seven\n".repeat(4);
    String words = "word ".repeat(40);

    assertThat(split(Cut.PARAGRAPH, 20, 0, lines)).allMatch(piece -> piece.endsWith("seven"));
    assertThat(split(Cut.PARAGRAPH, 20, 0, "语言模型。".repeat(30)))
        .allMatch(piece -> piece.endsWith("。"));
    assertThat(split(Cut.PARAGRAPH, 20, 0, words)).allMatch(piece -> piece.endsWith("word"));
  }

  @Test
  void piecesShareWordsAtTheirEdges() {
    List<String> pieces = split(Cut.WORD, 16, 4, numbers(40));

    assertThat(pieces).hasSizeGreaterThan(2);
    for (int i = 1; i < pieces.size(); i++) {
      String shared = pieces.get(i).substring(0, pieces.get(i).indexOf(' '));
      assertThat(pieces.get(i - 1)).contains(shared);
      assertThat(pieces.get(i - 1)).doesNotContain(pieces.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void nothingIsLostNothingIsTooLongAndNoCharacterIsCut(Cut cut) {
    Random random = new Random(7);
    for (int run = 0; run < 100; run++) {
      String text =
          random
              .ints(random.nextInt(200), 0, BITS.length)
              .mapToObj(i -> BITS[i])
              .collect(Collectors.joining());
      int maxTokens = 16 + random.nextInt(60);

      List<String> pieces = split(cut, maxTokens, 0, text);

      assertThat(withoutSpace(String.join("", pieces))).isEqualTo(withoutSpace(text));
      assertThat(pieces).allMatch(piece -> TextSplitter.tokens(piece) <= maxTokens);
      assertThat(pieces).noneMatch(TextSplitterTest::hasHalfCharacters);
    }
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void withAnOverlapItComesToAnEndAsWell(Cut cut) {
    Random random = new Random(8);
    for (int run = 0; run < 100; run++) {
      String text =
          random
              .ints(random.nextInt(200), 0, BITS.length)
              .mapToObj(i -> BITS[i])
              .collect(Collectors.joining());
      int maxTokens = 16 + random.nextInt(60);

      List<String> pieces = split(cut, maxTokens, maxTokens / 2, text);

      assertThat(pieces).allMatch(piece -> TextSplitter.tokens(piece) <= maxTokens);
      assertThat(pieces).allMatch(text::contains);
      assertThat(pieces).noneMatch(TextSplitterTest::hasHalfCharacters);
    }
  }

  @Test
  void onlyWhatIsAskedForIsRead() {
    CountingText text = new CountingText(1_000_000_000);

    Iterator<String> pieces = new TextSplitter(Cut.PARAGRAPH, 100, 10).split(text);
    pieces.next();

    assertThat(text.read).isLessThan(20_000);
  }

  @Test
  void aTextThatCannotBeReadFailsAtThePieceWhereItIs() {
    IOException failure = new IOException("the disk is gone");
    Iterator<String> pieces =
        new TextSplitter(Cut.WORD, 16, 0)
            .split(
                new Reader() {
                  @Override
                  public int read(char[] target, int start, int length) throws IOException {
                    throw failure;
                  }

                  @Override
                  public void close() {}
                });

    assertThatThrownBy(pieces::hasNext).isInstanceOf(UncheckedIOException.class).hasCause(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "15, 0, maxTokens is 15; it must be at least 16.",
    "20, 11, 'overlapTokens is 11; it must be between 0 and half of maxTokens, which is 10.'",
    "20, -1, 'overlapTokens is -1; it must be between 0 and half of maxTokens, which is 10.'"
  })
  void sizesThatMakeNoSenseAreRefused(int maxTokens, int overlapTokens, String problem) {
    assertThatThrownBy(() -> new TextSplitter(Cut.WORD, maxTokens, overlapTokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @Test
  void aRouteSplitsWithIt() throws Exception {
    TextSplitter splitter = new TextSplitter(Cut.WORD, 16, 0);
    List<String> seen = new ArrayList<>();
    CamelContext camel = new DefaultCamelContext();
    RouteBuilder.addRoutes(
        camel,
        route ->
            route
                .from("direct:text")
                .split()
                .method(splitter, "split")
                .streaming()
                .process(exchange -> seen.add(exchange.getMessage().getBody(String.class))));
    camel.start();
    camel.createProducerTemplate().sendBody("direct:text", numbers(40));
    camel.stop();

    assertThat(seen).isEqualTo(split(Cut.WORD, 16, 0, numbers(40)));
  }

  private static String numbers(int count) {
    return IntStream.range(100, 100 + count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }

  private static List<String> split(Cut cut, int maxTokens, int overlapTokens, String text) {
    List<String> pieces = new ArrayList<>();
    new TextSplitter(cut, maxTokens, overlapTokens)
        .split(new StringReader(text))
        .forEachRemaining(pieces::add);
    return pieces;
  }

  private static String withoutSpace(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean hasHalfCharacters(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** A text of one letter, over and over. */
  private static final class CountingText extends Reader {

    private final long length;
    private long read;

    CountingText(long length) {
      this.length = length;
    }

    @Override
    public int read(char[] target, int start, int count) {
      if (read == length) {
        return -1;
      }
      Arrays.fill(target, start, start + count, 'x');
      read += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
