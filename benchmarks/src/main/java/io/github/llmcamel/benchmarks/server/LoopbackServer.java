/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Answers chat requests as OpenAI does, by a script that the path names. Prints its port, and ends
 * when its standard input does.
 */
public final class LoopbackServer {

  private static final int BACKLOG = 4_096;

  private final Selector selector = Selector.open();
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final Scripts scripts = new Scripts(this);

  private LoopbackServer() throws IOException {}

  /** Starts a server and serves until the parent has gone. */
  public static void main(String[] arguments) throws IOException {
    exitWithParent();
    new LoopbackServer().serve();
  }

  private static void exitWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException closed) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(0);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private void serve() throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
    System.out.println(listening.socket().getLocalPort());
    while (true) {
      selector.select(millisToNextTask());
      runTasks();
      Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
      while (ready.hasNext()) {
        handle(ready.next());
        ready.remove();
      }
    }
  }

  private void handle(SelectionKey key) throws IOException {
    if (key.isValid() && key.isAcceptable()) {
      SocketChannel accepted;
      while ((accepted = ((ServerSocketChannel) key.channel()).accept()) != null) {
        Peer.accepted(accepted, selector, scripts);
      }
    } else if (key.attachment() instanceof Peer peer) {
      peer.ready();
    }
  }

  /** Runs something on the server's thread, not before then. */
  void after(long millis, Runnable action) {
    tasks.add(new Task(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), action));
  }

  private long millisToNextTask() {
    Task next = tasks.peek();
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.due() - System.nanoTime()));
  }

  private void runTasks() {
    long now = System.nanoTime();
    Task next = tasks.peek();
    while (next != null && next.due() - now <= 0) {
      tasks.remove();
      next.action().run();
      next = tasks.peek();
    }
  }

  private record Task(long due, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return Long.compare(due - other.due, 0);
    }
  }
}
