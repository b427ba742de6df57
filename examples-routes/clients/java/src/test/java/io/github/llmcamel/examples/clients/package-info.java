/** Official clients of the OpenAI API, driving a gateway that runs elsewhere. */
@NullMarked
package io.github.llmcamel.examples.clients;

import org.jspecify.annotations.NullMarked;
