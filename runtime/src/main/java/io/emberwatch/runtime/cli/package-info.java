/**
 * What the services' commands share: {@link io.emberwatch.runtime.cli.CommonOptions} as a picocli
 * mixin, {@link io.emberwatch.runtime.cli.CommandRun} to execute a command with Emberwatch's exit
 * codes. The package must not know any service.
 */
@NullMarked
package io.emberwatch.runtime.cli;

import org.jspecify.annotations.NullMarked;
