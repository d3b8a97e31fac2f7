package io.emberwatch.collector.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.replies.CapturedReplies;
import io.emberwatch.schemas.AclUser;
import io.emberwatch.schemas.AclUserChange;
import io.emberwatch.schemas.AclUserChangeKind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class AclUsersTest {

  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final String OTHER =
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
  private static final Fingerprint FINGERPRINT = new Fingerprint();

  private static AclUsers users(String... lines) {
    return AclUsers.read(CapturedReplies.of((Object[]) lines), FINGERPRINT);
  }

  private static AclUser user(String line) {
    return users(line).summary().getUsers().get(0);
  }

  @Test
  void readsTheFactsOfAUser() {
    AclUser open = user("user default on nopass sanitize-payload ~* &* +@all");
    assertThat(open.getName()).isEqualTo("default");
    assertThat(open.getEnabled()).isTrue();
    assertThat(open.getNopass()).isTrue();
    assertThat(open.getAllCommands()).isTrue();
    assertThat(open.getAllKeys()).isTrue();
    assertThat(open.getAllChannels()).isTrue();
    AclUser narrow =
        user(
            "user app off #"
                + HASH
                + " #"
                + OTHER
                + " ~a:* %R~b:* &news resetchannels -@all +get +set (~x:* &c -@all +del) (%W~y"
                + " +set)");
    assertThat(narrow.getEnabled()).isFalse();
    assertThat(narrow.getNopass()).isFalse();
    assertThat(narrow.getPasswords()).isEqualTo(2);
    assertThat(narrow.getAllCommands()).isFalse();
    assertThat(narrow.getKeyPatterns()).isEqualTo(2);
    assertThat(narrow.getChannelPatterns()).isEqualTo(1);
    assertThat(narrow.getCommandRules()).isEqualTo(3);
    assertThat(narrow.getSelectors()).isEqualTo(2);
    assertThat(user("user a on ~* +@all -flushall").getAllCommands()).isFalse();
  }

  @Test
  void keepsPasswordsOutOfTheHashOfRules() {
    AclUser one = user("user a on #" + HASH + " ~* +@all");
    AclUser two = user("user a on #" + OTHER + " ~* +@all");
    assertThat(one).isEqualTo(two);
    assertThat(user("user a on #" + HASH + " ~b +@all").getRulesHash())
        .isNotEqualTo(one.getRulesHash());
    assertThat(users("user a on #" + HASH).summary().toString()).doesNotContain(HASH);
    assertThat(FINGERPRINT.of(HASH)).isNotEqualTo(new Fingerprint().of(HASH));
  }

  @Test
  void tellsWhoWasAddedRemovedAndChanged() {
    AclUsers before = users("user a on #" + HASH + " +get", "user b on +get", "user c on +get");
    AclUsers after = users("user a on #" + OTHER + " +get", "user c on +set", "user d on +get");
    List<AclUserChange> changes = after.changesSince(before);
    assertThat(changes).extracting(AclUserChange::getName).containsExactly("a", "b", "c", "d");
    assertThat(changes)
        .extracting(AclUserChange::getKind)
        .containsExactly(
            AclUserChangeKind.CHANGED,
            AclUserChangeKind.REMOVED,
            AclUserChangeKind.CHANGED,
            AclUserChangeKind.ADDED);
    assertThat(changes)
        .extracting(AclUserChange::getPasswordsChanged)
        .containsExactly(true, false, false, false);
    assertThat(changes.get(1).getAfter()).isNull();
    assertThat(changes.toString()).doesNotContain(HASH).doesNotContain(OTHER);
    assertThat(after.changesSince(after)).isEmpty();
    assertThat(users("user a on #1 #2").changesSince(users("user a on #2 #1"))).isEmpty();
  }

  @Test
  void tellsNoMoreUsersThanItMay() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add("user u" + i + " on +get");
    }
    AclUsers users = users(lines.toArray(String[]::new));
    assertThat(users.summary().getUsersTotal()).isEqualTo(500);
    assertThat(users.summary().getUsers()).hasSize(AclUsers.MAX_TOLD);
  }

  @Property(tries = 200)
  void takesAnything(@ForAll List<String> lines) {
    List<String> all = lines.stream().map(line -> "user " + line).toList();
    assertThat(users(all.toArray(String[]::new)).summary()).isNotNull();
  }
}
