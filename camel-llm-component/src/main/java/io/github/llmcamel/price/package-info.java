/**
 * What calls cost, as data.
 *
 * <p>Public. Knows the words of {@code model} and the JDK alone (checked by {@code
 * ArchitectureTest}). The prices stand in {@code prices.csv} beside the classes. Open {@link
 * io.github.llmcamel.price.PriceTable} first.
 */
@NullMarked
package io.github.llmcamel.price;

import org.jspecify.annotations.NullMarked;
