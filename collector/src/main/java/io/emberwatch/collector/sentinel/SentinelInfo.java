package io.emberwatch.collector.sentinel;

import io.emberwatch.schemas.SentinelMaster;
import io.emberwatch.schemas.SentinelView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section that INFO sentinel gives. Pure; takes any text. */
public final class SentinelInfo {

  private static final Pattern MASTER = Pattern.compile("master\\d{1,9}");
  private static final int MAX_LINES = 2 * SentinelReading.MAX_MASTERS;
  private static final int MAX_LINE = 1024;

  private SentinelInfo() {}

  /** The figures, and of each primary what its line {@code masterN} says. */
  public static SentinelView read(byte[] info) {
    Map<String, String> figures = new HashMap<>();
    Map<String, SentinelMaster> masters = new TreeMap<>();
    new String(info, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.length() <= MAX_LINE && line.indexOf(':') > 0)
        .limit(MAX_LINES)
        .forEach(line -> line(line, figures, masters));
    SentinelView view = new SentinelView();
    view.setSentinelMasters(number(figures.get("sentinel_masters")));
    Long tilt = number(figures.get("sentinel_tilt"));
    view.setSentinelTilt(tilt == null ? null : tilt != 0);
    view.setSentinelTiltSinceSeconds(number(figures.get("sentinel_tilt_since_seconds")));
    view.setSentinelTotalTilt(number(figures.get("sentinel_total_tilt")));
    view.setSentinelRunningScripts(number(figures.get("sentinel_running_scripts")));
    view.setSentinelScriptsQueueLength(number(figures.get("sentinel_scripts_queue_length")));
    view.setSentinelSimulateFailureFlags(number(figures.get("sentinel_simulate_failure_flags")));
    List<SentinelMaster> byName = new ArrayList<>(masters.values());
    byName.sort(Comparator.comparing(SentinelMaster::getName));
    view.setMasters(byName);
    return view;
  }

  private static void line(
      String line, Map<String, String> figures, Map<String, SentinelMaster> masters) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon);
    String value = line.substring(colon + 1);
    if (!MASTER.matcher(name).matches()) {
      figures.putIfAbsent(name, value);
      return;
    }
    SentinelMaster master = master(value);
    if (master != null && masters.size() < SentinelReading.MAX_MASTERS) {
      masters.putIfAbsent(master.getName(), master);
    }
  }

  /** {@code name=m,status=ok,address=10.0.0.1:6379,slaves=2,sentinels=3}. */
  private static @Nullable SentinelMaster master(String value) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : value.split(",", 16)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    String name = pairs.get("name");
    if (name == null || name.isEmpty()) {
      return null;
    }
    SentinelMaster master = new SentinelMaster();
    master.setName(name);
    master.setStatus(pairs.get("status"));
    master.setAddress(pairs.get("address"));
    master.setSlaves(number(pairs.get("slaves")));
    master.setSentinels(number(pairs.get("sentinels")));
    return master;
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
  }
}
