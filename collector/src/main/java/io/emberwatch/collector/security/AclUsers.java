package io.emberwatch.collector.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.schemas.AclSummary;
import io.emberwatch.schemas.AclUser;
import io.emberwatch.schemas.AclUserChange;
import io.emberwatch.schemas.AclUserChangeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The users of a server at one look. Of their passwords it keeps a {@link Fingerprint}, so that a
 * change shows. Immutable.
 */
public final class AclUsers {

  /** Users told in a sample: some 150 bytes each. */
  static final int MAX_TOLD = 200;

  /** Bounds what a hostile server could make us keep. */
  private static final int MAX_USERS = 10_000;

  private final Map<String, Known> users;

  private AclUsers(Map<String, Known> users) {
    this.users = users;
  }

  private record Known(AclUser user, String passwords) {}

  /** Reads the reply of ACL LIST. */
  public static AclUsers read(List<?> reply, Fingerprint fingerprint) {
    Map<String, Known> users = new TreeMap<>();
    for (Object element : reply) {
      if (element instanceof byte[] line && users.size() < MAX_USERS) {
        AclRules.read(new String(line, UTF_8))
            .ifPresent(rules -> users.put(rules.user().getName(), known(rules, fingerprint)));
      }
    }
    return new AclUsers(users);
  }

  /** What a sample tells of them. */
  public AclSummary summary() {
    StringBuilder rules = new StringBuilder();
    users.forEach(
        (name, known) ->
            rules.append(name).append(' ').append(known.user().getRulesHash()).append('\n'));
    List<AclUser> told = users.values().stream().map(Known::user).limit(MAX_TOLD).toList();
    return new AclSummary(Fingerprint.sha256(rules.toString()), users.size(), told);
  }

  /** Who differs from an earlier look, by name. */
  public List<AclUserChange> changesSince(AclUsers before) {
    Collection<String> names = new TreeSet<>(users.keySet());
    names.addAll(before.users.keySet());
    List<AclUserChange> changes = new ArrayList<>();
    for (String name : names) {
      Known then = before.users.get(name);
      Known now = users.get(name);
      if (then == null || !then.equals(now)) {
        changes.add(change(name, then, now));
      }
    }
    return changes;
  }

  private static AclUserChange change(String name, @Nullable Known then, @Nullable Known now) {
    AclUserChangeKind kind =
        then == null
            ? AclUserChangeKind.ADDED
            : now == null ? AclUserChangeKind.REMOVED : AclUserChangeKind.CHANGED;
    boolean passwords = then != null && now != null && !then.passwords().equals(now.passwords());
    return new AclUserChange(
        name, kind, passwords, then == null ? null : then.user(), now == null ? null : now.user());
  }

  /** Their order says nothing. */
  private static Known known(AclRules rules, Fingerprint fingerprint) {
    return new Known(
        rules.user(), fingerprint.of(String.join(" ", new TreeSet<>(rules.passwords()))));
  }
}
