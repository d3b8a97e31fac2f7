package io.emberwatch.processor.rule;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A boolean expression in CEL (Common Expression Language) over named values, parsed and
 * type-checked once. Integers and decimals compare with each other; {@code ==} needs equal types.
 *
 * <p>A name without a value makes the result unknown, unless the rest decides: {@code true || x} is
 * true and {@code false && x} is false whatever x is, as in CEL's own error semantics. For each
 * name there is a boolean {@code known_<name>}.
 */
final class Expression {

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private static final String KNOWN = "known_";

  private final String source;
  private final Map<String, ValueType> names;
  private final Set<String> used;
  private final CelRuntime.Program program;

  private Expression(
      String source, Map<String, ValueType> names, Set<String> used, CelRuntime.Program program) {
    this.source = source;
    this.names = Map.copyOf(names);
    this.used = Set.copyOf(used);
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @param names what it may use, with types
   * @throws IllegalArgumentException with a message for the rule's author: a syntax error, an
   *     unknown name, a type that does not fit, or a result that is not a boolean
   */
  static Expression compile(String source, Map<String, ValueType> names) {
    CelBuilder builder =
        CelFactory.plannerCelBuilder().setOptions(OPTIONS).setResultType(SimpleType.BOOL);
    names.forEach(
        (name, type) ->
            builder.addVar(name, type.cel()).addVar(KNOWN + name, ValueType.BOOLEAN.cel()));
    Cel cel = builder.build();
    try {
      CelAbstractSyntaxTree checked = cel.compile(source).getAst();
      Set<String> used =
          checked.getReferenceMap().values().stream()
              .map(CelReference::name)
              .filter(name -> names.containsKey(name) || name.startsWith(KNOWN))
              .collect(Collectors.toSet());
      return new Expression(source, names, used, cel.createProgram(checked));
    } catch (CelValidationException e) {
      String faults =
          e.getErrors().stream().map(CelIssue::getMessage).collect(Collectors.joining("; "));
      throw new IllegalArgumentException(faults, e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  /** True, false, or null when values that it depends on are not known. */
  @Nullable Boolean test(Values values) {
    if (!used.isEmpty() && used.stream().noneMatch(name -> find(values, name).isPresent())) {
      // A failed poll: nothing is known. CEL would say so by an exception, at 20 times the cost.
      return null;
    }
    try {
      return (Boolean) program.eval(name -> find(values, name));
    } catch (CelEvaluationException unknown) {
      // The checker has ruled out type errors; what is left is a missing value, or arithmetic
      // such as a division of integers by zero: both say nothing about the server.
      return null;
    }
  }

  private Optional<Object> find(Values values, String name) {
    if (name.startsWith(KNOWN)) {
      return Optional.of(values.get(name.substring(KNOWN.length())) != null);
    }
    ValueType type = names.get(name);
    Object value = values.get(name);
    return type == null || value == null ? Optional.empty() : Optional.of(type.adapt(value));
  }

  @Override
  public String toString() {
    return source;
  }
}
