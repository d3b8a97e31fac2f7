package io.emberwatch.alerter.crash;

/** Lets the process die at a moment to come: round a commit, or round a send. */
final class Deaths implements Runnable {

  private int momentsLeft;
  private int happened;

  /** The process dies at the n-th moment from now; never at 0. */
  void after(int moments) {
    momentsLeft = moments;
  }

  int happened() {
    return happened;
  }

  @Override
  public void run() {
    if (momentsLeft > 0 && --momentsLeft == 0) {
      happened++;
      throw new Death();
    }
  }

  /** No exception: nothing in the process may catch it and go on. */
  static final class Death extends Error {

    private static final long serialVersionUID = 1L;

    Death() {
      super("the process dies here", null, false, false);
    }
  }
}
