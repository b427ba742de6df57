/**
 * The Messages protocol of Anthropic, which other servers speak as well.
 *
 * <p>Internal, may change any day. Requests go out with nothing the user did not set but the output
 * limit, which the protocol demands; what a request has in OpenAI's form is translated. Only {@code
 * client} imports this package (checked by {@code ArchitectureTest}). A reader is confined to one
 * call, all else is stateless. Open {@link io.github.llmcamel.codec.anthropic.AnthropicCodec}
 * first, then {@code MessageReader}.
 */
@NullMarked
package io.github.llmcamel.codec.anthropic;

import org.jspecify.annotations.NullMarked;
