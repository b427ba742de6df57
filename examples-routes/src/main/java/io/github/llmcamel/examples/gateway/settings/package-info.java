/**
 * What the gateway is told: its models, keys and limits.
 *
 * <p>A file of properties comes in; checked, immutable settings go out, and new ones whenever the
 * file changes. What is wrong with a file is told with the name of the property and the cure. The
 * file is read on a thread of Camel's, its settings by every thread. The gateway's server and its
 * command import this package, it imports only {@code access}. Open {@link
 * io.github.llmcamel.examples.gateway.settings.GatewaySettings} first.
 */
@NullMarked
package io.github.llmcamel.examples.gateway.settings;

import org.jspecify.annotations.NullMarked;
