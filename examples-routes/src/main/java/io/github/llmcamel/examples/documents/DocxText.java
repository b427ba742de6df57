/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.util.XMLHelper;

/**
 * The text of a Word document, read as a stream: POI's own model of it would take many times its
 * size. Headers, footers and comments are left out.
 */
final class DocxText {

  private DocxText() {}

  static Reader open(Path file, DocumentLimits limits) throws UnreadableDocumentException {
    try {
      if (FileMagic.valueOf(file.toFile()) == FileMagic.OLE2) {
        throw notOpenable(file);
      }
      try (OPCPackage docx = OPCPackage.open(file.toFile(), PackageAccess.READ);
          InputStream xml = mainPart(docx).getInputStream()) {
        return new StringReader(text(new LimitedStream(xml, limits.maxFileBytes()), limits));
      }
    } catch (UnreadableDocumentException e) {
      throw e;
    } catch (IOException | InvalidFormatException | XMLStreamException | RuntimeException e) {
      throw new UnreadableDocumentException("The DOCX is broken: " + reason(e), e);
    }
  }

  /** What went wrong first. POI goes on with advice for programmers. */
  private static String reason(Throwable failure) {
    return failure.getCause() != null
        ? reason(failure.getCause())
        : String.valueOf(failure.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
  }

  /** Both are files of the older kind: a package that is encrypted, and what Word 97 wrote. */
  private static UnreadableDocumentException notOpenable(Path file) throws IOException {
    try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
      return new UnreadableDocumentException(
          container.getRoot().hasEntryCaseInsensitive("EncryptedPackage")
              ? "The DOCX is encrypted; it needs a password."
              : "The document is no DOCX but an older Word file; save it as DOCX.");
    }
  }

  private static PackagePart mainPart(OPCPackage docx) throws UnreadableDocumentException {
    List<PackagePart> parts =
        docx.getPartsByRelationshipType(PackageRelationshipTypes.CORE_DOCUMENT);
    if (parts.isEmpty() || !parts.get(0).getContentType().contains("wordprocessingml")) {
      throw new UnreadableDocumentException("The DOCX is broken: it holds no Word document.");
    }
    return parts.get(0);
  }

  private static String text(InputStream in, DocumentLimits limits)
      throws XMLStreamException, UnreadableDocumentException {
    XMLStreamReader xml = XMLHelper.newXMLInputFactory().createXMLStreamReader(in);
    StringBuilder out = new StringBuilder();
    int cells = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        cells += xml.getLocalName().equals("tc") ? 1 : 0;
        start(xml, out);
      } else if (event == XMLStreamReader.END_ELEMENT) {
        cells -= xml.getLocalName().equals("tc") ? 1 : 0;
        end(xml.getLocalName(), cells > 0, out);
      }
      if (out.length() > limits.maxCharacters()) {
        throw Texts.tooLong(limits.maxCharacters());
      }
    }
    return out.toString().strip();
  }

  private static void start(XMLStreamReader xml, StringBuilder out) throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "t" -> out.append(xml.getElementText());
      case "tab" -> out.append('\t');
      case "br", "cr" -> out.append('\n');
      case "noBreakHyphen" -> out.append('-');
      case "tabs" -> skip(xml); // where the stops of the tabs are
      case "Fallback" -> skip(xml); // the same once more, for readers that are older
      default -> {}
    }
  }

  private static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      depth += event == XMLStreamReader.START_ELEMENT ? 1 : 0;
      depth -= event == XMLStreamReader.END_ELEMENT ? 1 : 0;
    }
  }

  private static void end(String element, boolean inCell, StringBuilder out) {
    switch (element) {
      case "p" -> out.append(inCell ? " " : "\n\n");
      case "tc" -> out.append('\t');
      case "tr", "tbl" -> out.append('\n');
      default -> {}
    }
  }
}
