/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes gzip (RFC 1952) in slices of any size and hands out what was compressed, in pieces of
 * limited size. Mutable, confined to one call. Checksums are not compared: TLS and JSON tell.
 */
final class Gunzip implements AutoCloseable {

  private static final int LARGEST_PIECE = 16 * 1024;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  /** What the next byte belongs to, in the order of the format. */
  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    CHECKSUM,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final byte[] fixed = new byte[FIXED_HEADER];
  private Part part = Part.FIXED;
  private int read;
  private int extraLength;
  private boolean isComplete;

  /** Gets what comes out. */
  interface Sink<E extends Exception> {
    void accept(ByteBuffer piece) throws E;
  }

  /**
   * Reads all of {@code slice}.
   *
   * @throws DataFormatException if it is no gzip
   */
  <E extends Exception> void feed(ByteBuffer slice, Sink<E> sink) throws DataFormatException, E {
    while (slice.hasRemaining()) {
      if (part == Part.DATA) {
        inflate(slice, sink);
      } else {
        readByte(slice.get());
      }
    }
  }

  /** Whether the compressed data has come to its end. */
  boolean isComplete() {
    return isComplete;
  }

  /** Frees what the decompressor holds. */
  @Override
  public void close() {
    inflater.end();
  }

  private <E extends Exception> void inflate(ByteBuffer slice, Sink<E> sink)
      throws DataFormatException, E {
    inflater.setInput(slice);
    ByteBuffer piece;
    do {
      piece = ByteBuffer.allocate(LARGEST_PIECE);
      inflater.inflate(piece);
      if (inflater.needsDictionary()) {
        throw new DataFormatException("gzip knows no dictionaries");
      }
      piece.flip();
      if (piece.hasRemaining()) {
        sink.accept(piece);
      }
    } while (piece.limit() == LARGEST_PIECE);
    if (inflater.finished()) {
      isComplete = true;
      next(Part.TRAILER);
    }
  }

  private void readByte(byte value) throws DataFormatException {
    switch (part) {
      case FIXED -> readFixed(value);
      case EXTRA_LENGTH -> {
        extraLength |= (value & 0xFF) << (8 * read);
        if (++read == 2) {
          next(extraLength == 0 ? Part.NAME : Part.EXTRA);
        }
      }
      case EXTRA -> {
        if (++read == extraLength) {
          next(Part.NAME);
        }
      }
      case NAME -> {
        if (value == 0) {
          next(Part.COMMENT);
        }
      }
      case COMMENT -> {
        if (value == 0) {
          next(Part.CHECKSUM);
        }
      }
      case CHECKSUM -> {
        if (++read == 2) {
          next(Part.DATA);
        }
      }
      case TRAILER -> {
        if (++read == TRAILER) {
          next(Part.FIXED);
        }
      }
      case DATA -> throw new IllegalStateException("data is inflated");
    }
  }

  private void readFixed(byte value) throws DataFormatException {
    fixed[read++] = value;
    if (read == FIXED_HEADER) {
      if (fixed[0] != 0x1F || fixed[1] != (byte) 0x8B || fixed[2] != 8) {
        throw new DataFormatException("it does not begin as gzip does");
      }
      // Another member may follow the first.
      isComplete = false;
      inflater.reset();
      extraLength = 0;
      next(Part.EXTRA_LENGTH);
    }
  }

  /** Goes on with the first part from {@code candidate} that is there. */
  private void next(Part candidate) {
    read = 0;
    int flags = fixed[3];
    part =
        switch (candidate) {
          case EXTRA_LENGTH -> has(flags, HAS_EXTRA) ? candidate : nextAfterExtra(flags);
          case NAME -> nextAfterExtra(flags);
          case COMMENT -> nextAfterName(flags);
          case CHECKSUM -> nextAfterComment(flags);
          default -> candidate;
        };
  }

  private static Part nextAfterExtra(int flags) {
    return has(flags, HAS_NAME) ? Part.NAME : nextAfterName(flags);
  }

  private static Part nextAfterName(int flags) {
    return has(flags, HAS_COMMENT) ? Part.COMMENT : nextAfterComment(flags);
  }

  private static Part nextAfterComment(int flags) {
    return has(flags, HAS_CHECKSUM) ? Part.CHECKSUM : Part.DATA;
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }
}
