package dev.fairway.deploy.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** The same question about many things at once. */
final class Parallel {
  /** An API server with one busy core answers no faster when asked more at once. */
  private static final int AT_ONCE = 24;

  private Parallel() {}

  /** The answers, in the order of the things. */
  static <T, R> List<R> map(Collection<T> things, Function<T, R> question) {
    var turns = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<R>>();
      things.forEach(
          thing -> answers.add(threads.submit(() -> inTurn(turns, () -> question.apply(thing)))));
      return answers.stream().map(Parallel::answer).toList();
    }
  }

  private static <R> R inTurn(Semaphore turns, java.util.function.Supplier<R> question) {
    turns.acquireUninterruptibly();
    try {
      return question.get();
    } finally {
      turns.release();
    }
  }

  private static <R> R answer(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a deploy but by ending its process", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
