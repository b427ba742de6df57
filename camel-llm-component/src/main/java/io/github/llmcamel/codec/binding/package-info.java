/**
 * Answers as objects: from a class to the JSON schema that is asked for, and from the answer's text
 * back to the class.
 *
 * <p>A class comes in at start-up and a response after each call; an object of the class, or an
 * exception that says where the two differ, goes out. Internal, may change any day; only {@code
 * component} imports this package (checked by {@code ArchitectureTest}). Pure functions, so any
 * thread may run them. Open {@code AnswerType} first.
 */
@NullMarked
package io.github.llmcamel.codec.binding;

import org.jspecify.annotations.NullMarked;
