package io.emberwatch.collector.security;

import io.emberwatch.schemas.AclUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of ACL LIST, as 6.0 and later print it: {@code user alice on #9f86.. ~cache:* &* -@all
 * +get (~other:* +set)}. Pure.
 *
 * @param user without any password or hash of one
 * @param passwords hashes as the server keeps them: never to leave the package
 */
record AclRules(AclUser user, List<String> passwords) {

  private static final int MAX_NAME = 128;

  /** First letters of what is a password or its hash. */
  private static final String SECRETS = "#><!";

  /** Reads a line; empty for what is none. */
  static Optional<AclRules> read(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 2 || !words[0].equals("user")) {
      return Optional.empty();
    }
    AclUser user =
        empty(words[1].length() <= MAX_NAME ? words[1] : words[1].substring(0, MAX_NAME));
    List<String> passwords = new ArrayList<>();
    StringBuilder rules = new StringBuilder();
    boolean inSelector = false;
    for (String word : List.of(words).subList(2, words.length)) {
      if (!inSelector && !word.isEmpty() && SECRETS.indexOf(word.charAt(0)) >= 0) {
        passwords.add(word);
        continue;
      }
      rules.append(word).append(' ');
      boolean opens = !inSelector && word.startsWith("(");
      if (opens) {
        user.setSelectors(user.getSelectors() + 1);
      } else if (!inSelector) {
        take(word, user);
      }
      inSelector = (inSelector || opens) && !word.endsWith(")");
    }
    user.setPasswords(passwords.size());
    user.setRulesHash(Fingerprint.sha256(rules.toString().strip()));
    return Optional.of(new AclRules(user, List.copyOf(passwords)));
  }

  private static void take(String word, AclUser user) {
    switch (word) {
      case "on" -> user.setEnabled(true);
      case "off" -> user.setEnabled(false);
      case "nopass" -> user.setNopass(true);
      case "~*", "allkeys" -> user.setAllKeys(true);
      case "&*", "allchannels" -> user.setAllChannels(true);
      case "+@all", "allcommands" -> user.setAllCommands(true);
      default -> takePattern(word, user);
    }
  }

  private static void takePattern(String word, AclUser user) {
    if (word.startsWith("~") || word.startsWith("%")) {
      user.setKeyPatterns(user.getKeyPatterns() + 1);
    } else if (word.startsWith("&")) {
      user.setChannelPatterns(user.getChannelPatterns() + 1);
    } else if (word.startsWith("+") || word.startsWith("-")) {
      user.setCommandRules(user.getCommandRules() + 1);
      user.setAllCommands(user.getAllCommands() && !word.startsWith("-"));
    }
  }

  private static AclUser empty(String name) {
    return new AclUser(name, false, false, 0, false, false, false, 0, 0, 0, 0, "");
  }
}
