package io.emberwatch.alerter.store;

/** A database whose process dies round a commit. */
public final class DyingDatabase {

  private DyingDatabase() {}

  /**
   * Opens it.
   *
   * @param moment called before each commit and after; what it throws is the death
   */
  public static Database open(DatabaseSettings settings, Runnable moment) {
    return Database.open(
        settings,
        new CommitWatch() {
          @Override
          public void beforeCommit() {
            moment.run();
          }

          @Override
          public void afterCommit() {
            moment.run();
          }
        });
  }
}
