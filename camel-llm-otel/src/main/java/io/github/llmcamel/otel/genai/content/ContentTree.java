/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array whose contents are cut to what fits: texts to fair shares, media to nothing, the
 * rest stays. Confined to one call.
 */
final class ContentTree {

  /** Where so many elements were left out at the beginning that the rest fits. */
  private static final String LEFT_OUT = "left_out";

  private static final int LEFT_OUT_LENGTH = 24;
  private static final int LEAST_SHARE = 16;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final int budget;
  private final List<Element> elements = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param budget the most characters it may have when it is written
   */
  ContentTree(int budget) {
    this.budget = budget;
  }

  /** A content and where it goes: until all are known, an empty text is there. */
  private record Content(String text, long length, Consumer<JsonNode> place) {}

  /** An object of the array with its contents. Confined to one call. */
  final class Element {
    private final ObjectNode root = NODES.objectNode();
    private final List<Content> texts = new ArrayList<>();
    private final List<Content> media = new ArrayList<>();

    private Element() {}

    ObjectNode root() {
      return root;
    }

    /** Adds a text that may be cut. */
    void text(ObjectNode parent, String member, String text) {
      parent.put(member, "");
      texts.add(new Content(text, JsonString.length(text), node -> parent.set(member, node)));
    }

    /** Adds base64, which is whole or nothing. */
    void media(ObjectNode parent, String member, String base64) {
      parent.put(member, "");
      boolean mayFit = base64.length() <= budget;
      long length = mayFit ? JsonString.length(base64) : base64.length();
      media.add(new Content(base64, length, node -> parent.set(member, node)));
    }

    /** Adds what a JSON text says, the texts in it as contents; as a text if it is no JSON. */
    void json(ObjectNode parent, String member, String json) {
      JsonNode node = json.length() > budget ? null : Json.tryRead(json);
      if (node == null || node.isTextual()) {
        text(parent, member, node == null ? json : node.textValue());
      } else {
        parent.set(member, node);
        collect(node);
      }
    }

    private void collect(JsonNode node) {
      if (node instanceof ObjectNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
          if (member.getValue().isTextual()) {
            text(object, member.getKey(), member.getValue().textValue());
          } else {
            collect(member.getValue());
          }
        }
      } else if (node instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i).isTextual()) {
            text(array, i);
          } else {
            collect(array.get(i));
          }
        }
      }
    }

    private void text(ArrayNode parent, int index) {
      String text = parent.get(index).textValue();
      parent.set(index, "");
      texts.add(new Content(text, JsonString.length(text), node -> parent.set(index, node)));
    }

    /** The characters of what is no content, and of the comma after it. */
    private long frame() {
      return Json.write(root).length() + 1L;
    }
  }

  /** Adds an element at the end. */
  Element add() {
    Element element = new Element();
    elements.add(element);
    return element;
  }

  /** The array, its contents cut; null if nothing is in it or nothing of it fits. */
  @Nullable ArrayNode build() {
    long[] frames = elements.stream().mapToLong(Element::frame).toArray();
    int first = firstThatFits(frames);
    if (first == elements.size()) {
      return null;
    }
    // The last comma makes up for one of the brackets.
    long left = budget - 1 - Arrays.stream(frames, first, frames.length).sum();
    if (first > 0) {
      elements.get(first).root.put(LEFT_OUT, first);
      left -= LEFT_OUT_LENGTH;
    }
    List<Element> kept = elements.subList(first, elements.size());
    placeTexts(kept, placeMedia(kept, left));
    return NODES.arrayNode().addAll(kept.stream().map(Element::root).toList());
  }

  /** The oldest elements go where not even the frames and the least of every content fit. */
  private int firstThatFits(long[] frames) {
    long needed = 1;
    for (int i = elements.size() - 1; i >= 0; i--) {
      for (Content content : elements.get(i).texts) {
        needed += Math.min(content.length(), LEAST_SHARE);
      }
      needed += frames[i];
      if (needed + (i > 0 ? LEFT_OUT_LENGTH : 0) > budget) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Media that fit beside all texts, smallest first. */
  private static long placeMedia(List<Element> elements, long left) {
    long texts = texts(elements).stream().mapToLong(Content::length).sum();
    long free = left - texts;
    List<Content> media =
        elements.stream()
            .flatMap(element -> element.media.stream())
            .sorted(Comparator.comparingLong(Content::length))
            .toList();
    for (Content content : media) {
      if (content.length() <= free) {
        content.place().accept(NODES.textNode(content.text()));
        free -= content.length();
      }
    }
    return free + texts;
  }

  private static void placeTexts(List<Element> elements, long left) {
    List<Content> texts = texts(elements);
    long share = share(texts, left);
    for (Content content : texts) {
      content.place().accept(NODES.textNode(JsonString.cut(content.text(), share)));
    }
  }

  /** The length that long contents are cut to, so that short ones can stay whole. */
  private static long share(List<Content> contents, long available) {
    long[] lengths = contents.stream().mapToLong(Content::length).sorted().toArray();
    long left = available;
    for (int i = 0; i < lengths.length; i++) {
      long fair = left / (lengths.length - i);
      if (lengths[i] > fair) {
        return fair;
      }
      left -= lengths[i];
    }
    return Long.MAX_VALUE;
  }

  private static List<Content> texts(List<Element> elements) {
    return elements.stream().flatMap(element -> element.texts.stream()).toList();
  }
}
