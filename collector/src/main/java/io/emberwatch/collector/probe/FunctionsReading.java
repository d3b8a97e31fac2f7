package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.FunctionEngine;
import io.emberwatch.schemas.FunctionLibrary;
import io.emberwatch.schemas.FunctionsInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replies of FUNCTION STATS and FUNCTION LIST. Of a function that runs its name and its time
 * are told, never its arguments. Takes anything, and keeps a bounded part. Pure.
 */
final class FunctionsReading {

  static final int MAX_LIBRARIES = 200;
  private static final int MAX_ENGINES = 16;
  private static final int MAX_NAME_BYTES = 128;

  private FunctionsReading() {}

  static FunctionsInfo read(List<Object> stats, List<Object> libraries) {
    ReplyFields fields = ReplyFields.of(stats);
    ReplyFields running = ReplyFields.of(fields.list("running_script"));
    FunctionsInfo functions = new FunctionsInfo();
    functions.setEngines(engines(fields.list("engines")));
    functions.setLibraries(libraries(libraries));
    functions.setRunningFunction(running.text("name"));
    functions.setRunningMillis(running.number("duration_ms"));
    return functions;
  }

  private static List<FunctionEngine> engines(List<?> pairs) {
    List<FunctionEngine> engines = new ArrayList<>();
    for (int i = 0; i + 1 < pairs.size() && engines.size() < MAX_ENGINES; i += 2) {
      if (pairs.get(i) instanceof byte[] name) {
        ReplyFields counts = ReplyFields.of(pairs.get(i + 1));
        engines.add(
            new FunctionEngine(
                text(name),
                orZero(counts.number("libraries_count")),
                orZero(counts.number("functions_count"))));
      }
    }
    return engines;
  }

  private static List<FunctionLibrary> libraries(List<Object> reply) {
    List<FunctionLibrary> libraries = new ArrayList<>();
    for (Object element : reply) {
      ReplyFields fields = ReplyFields.of(element);
      String name = fields.text("library_name");
      String engine = fields.text("engine");
      if (name != null && libraries.size() < MAX_LIBRARIES) {
        libraries.add(
            new FunctionLibrary(
                name, engine == null ? "" : engine, (long) fields.list("functions").size()));
      }
    }
    return libraries;
  }

  private static String text(byte[] name) {
    return new String(name, 0, Math.min(name.length, MAX_NAME_BYTES), UTF_8);
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
