/**
 * The command line of the all-in-one program. Entry class: {@link
 * io.emberwatch.local.cli.EmberwatchCommand}, whose sub-commands are one class each.
 */
@NullMarked
package io.emberwatch.local.cli;

import org.jspecify.annotations.NullMarked;
