/**
 * The transport on Apache HttpClient 5, asynchronous: the version camel-http uses.
 *
 * <p>Internal. The only package that imports the HTTP library (checked by {@code
 * ArchitectureTest}). Everything here runs on the client's I/O threads. Open {@link
 * io.github.llmcamel.transport.http.HttpComponentsTransport} first.
 */
@NullMarked
package io.github.llmcamel.transport.http;

import org.jspecify.annotations.NullMarked;
