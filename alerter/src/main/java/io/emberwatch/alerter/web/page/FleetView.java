package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.web.fleet.FleetBoard;
import io.emberwatch.alerter.web.fleet.FleetBoard.GroupBoard;
import io.emberwatch.alerter.web.fleet.HealthFilter;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fleet page's texts.
 *
 * @param total instances of the place
 * @param tiles counts by state, worst first
 * @param filtered whether only some states are shown
 * @param everything address of the page without its filter of states
 * @param next address of the page after; null on the last
 */
record FleetView(
    int total,
    List<Tile> tiles,
    List<String> fleets,
    String fleet,
    String group,
    boolean filtered,
    String everything,
    List<GroupView> groups,
    int page,
    int pages,
    @Nullable String previous,
    @Nullable String next) {

  /** Groups of one page: more are slow to draw and nobody reads them. */
  static final int GROUPS_PER_PAGE = 50;

  /** Instances of one group, unless the page shows that group alone. */
  private static final int INSTANCES_PER_GROUP = 50;

  private static final int INSTANCES_OF_ONE_GROUP = 1000;

  /**
   * Count of one state.
   *
   * @param address of the page with that state alone
   */
  record Tile(Labels.Badge badge, int count, boolean chosen, String address) {}

  /**
   * One group.
   *
   * @param more instances that are left out
   */
  record GroupView(
      String fleet,
      String name,
      String address,
      Labels.Badge badge,
      String trouble,
      List<String> facts,
      List<InstanceView> instances,
      int more) {}

  static FleetView of(FleetBoard board, HealthFilter filter, int page, Instant now) {
    int pages = Math.max(1, (board.groups().size() + GROUPS_PER_PAGE - 1) / GROUPS_PER_PAGE);
    int shown = Math.min(page, pages);
    int from = (shown - 1) * GROUPS_PER_PAGE;
    int to = Math.min(board.groups().size(), from + GROUPS_PER_PAGE);
    int limit = filter.group() == null ? INSTANCES_PER_GROUP : INSTANCES_OF_ONE_GROUP;
    return new FleetView(
        board.counts().values().stream().mapToInt(Integer::intValue).sum(),
        tiles(board.counts(), filter),
        board.fleets(),
        filter.fleet() == null ? "" : filter.fleet(),
        filter.group() == null ? "" : filter.group(),
        !filter.states().isEmpty(),
        place(filter).text(),
        board.groups().subList(from, to).stream().map(group -> group(group, limit, now)).toList(),
        shown,
        pages,
        shown > 1 ? address(filter, shown - 1) : null,
        shown < pages ? address(filter, shown + 1) : null);
  }

  /** Address of the page as it is shown. */
  static String address(HealthFilter filter, int page) {
    Address address = place(filter);
    if (!filter.states().isEmpty()) {
      address.with(
          "state",
          String.join(",", filter.states().stream().map(FleetView::word).sorted().toList()));
    }
    return address.with("page", page > 1 ? Integer.toString(page) : null).text();
  }

  private static Address place(HealthFilter filter) {
    return new Address("/").with("fleet", filter.fleet()).with("group", filter.group());
  }

  private static List<Tile> tiles(Map<HealthState, Integer> counts, HealthFilter filter) {
    List<Tile> tiles = new ArrayList<>();
    counts.forEach(
        (state, count) -> {
          if (state != HealthState.UNKNOWN || count > 0) {
            tiles.add(
                new Tile(
                    Labels.state(state),
                    count,
                    filter.states().contains(state),
                    place(filter).with("state", word(state)).text()));
          }
        });
    return tiles;
  }

  private static GroupView group(GroupBoard board, int limit, Instant now) {
    List<InstanceView> instances =
        board.instances().stream()
            .limit(limit)
            .map(instance -> InstanceView.of(instance, now))
            .toList();
    return new GroupView(
        board.fleet(),
        board.name(),
        new Address("/").with("fleet", board.fleet()).with("group", board.name()).text(),
        Labels.state(board.state()),
        board.own().map(InstanceView::trouble).orElse(""),
        board.own().map(FleetView::facts).orElse(List.of()),
        instances,
        board.instances().size() - instances.size());
  }

  private static List<String> facts(Health group) {
    List<String> facts = new ArrayList<>();
    facts.add(
        group.getReachable() + " of " + Labels.number(group.getInstances(), "instance") + " up");
    facts.add(
        Labels.number(group.getPrimaries(), "primary").replace("primarys", "primaries")
            + ", "
            + Labels.number(group.getReplicas(), "replica"));
    if (group.getOpsRate() != null) {
      facts.add(Figures.count(group.getOpsRate()) + " ops/s");
    }
    if (group.getKeys() != null) {
      facts.add(Figures.count(group.getKeys()) + " keys");
    }
    return facts;
  }

  private static String word(HealthState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
