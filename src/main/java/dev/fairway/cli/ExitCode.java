package dev.fairway.cli;

/** What a command tells the shell. Scripts depend on these numbers, so they never change. */
final class ExitCode {

  static final int OK = 0;

  /** The input was understood and found wrong: the diagnostics say where. */
  static final int DIAGNOSTICS = 1;

  static final int USAGE = 2;

  /** A defect of Fairway itself; {@code EX_SOFTWARE} of sysexits.h. */
  static final int BUG = 70;

  private ExitCode() {}
}
