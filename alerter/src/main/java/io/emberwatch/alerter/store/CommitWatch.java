package io.emberwatch.alerter.store;

/**
 * Sees every commit of a {@link Database}. The crash tests let the process die here; nobody else
 * watches.
 */
interface CommitWatch {

  /** Watches nothing. */
  CommitWatch NONE =
      new CommitWatch() {
        @Override
        public void beforeCommit() {}

        @Override
        public void afterCommit() {}
      };

  /** The work is done and the commit comes next; whatever is thrown rolls it back. */
  void beforeCommit();

  /** The commit is acknowledged. */
  void afterCommit();
}
