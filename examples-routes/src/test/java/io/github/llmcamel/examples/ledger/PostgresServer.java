/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL of its own, on loopback, with data that are thrown away. It does not run as root: if
 * the tests do, it runs as {@code nobody}.
 */
final class PostgresServer implements AutoCloseable {

  private static final String USER = "ledger";
  private static final String PASSWORD = "only-here";

  private final Path programs = Path.of(System.getenv("POSTGRES_BIN"));
  private final Path folder;
  private final int port;
  private int databases;

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static PostgresServer start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresServer server = new PostgresServer(Files.createTempDirectory("postgres"), port);
    server.create();
    server.run(
        "pg_ctl",
        "start",
        "--wait",
        "--pgdata=" + server.data(),
        "--log=" + server.folder.resolve("log"),
        "--options=-h 127.0.0.1 -p %d -k %s".formatted(port, server.folder));
    return server;
  }

  private void create() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (isRoot()) {
      execute(List.of("chown", "-R", "nobody", folder.toString()));
    }
    run(
        "initdb",
        "--pgdata=" + data(),
        "--username=" + USER,
        "--auth=scram-sha-256",
        "--pwfile=" + password,
        "--encoding=UTF8",
        "--no-sync");
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Returns the name of a new, empty database. */
  String createDatabase() throws SQLException {
    databases++;
    String name = "test" + databases;
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, USER, PASSWORD);
  }

  /** Ends the server as a machine does that goes down; {@link #close} does not need it. */
  void restart() throws IOException {
    run(
        "pg_ctl",
        "restart",
        "--wait",
        "--mode=immediate",
        "--pgdata=" + data(),
        "--log=" + folder.resolve("log"));
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data());
    execute(List.of("rm", "-r", folder.toString()));
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "nobody", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    execute(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void execute(List<String> command) throws IOException {
    Path said = Files.createTempFile("postgres", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(new File(System.getProperty("java.io.tmpdir")))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile()) // A pipe would stay open as long as the server runs.
              .start();
      int exitCode = process.onExit().join().exitValue();
      assertThat(exitCode).as(() -> command + ": " + read(said)).isZero();
    } finally {
      Files.delete(said);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
