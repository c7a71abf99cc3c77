package dev.fairway.access;

import dev.fairway.access.Answer.Authenticated;
import dev.fairway.access.Answer.Refused;
import dev.fairway.access.Answer.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Says who has a token: remembered, or verified and with the roles of its user. One token is looked
 * up once at a time, however many ask for it, and only so many tokens at a time. Whatever goes
 * wrong lets nobody in.
 */
final class Authenticator {
  /** What RFC 6750 lets a token be made of; the length is that of the longest header taken. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,16384}=*");

  /**
   * What it may use up.
   *
   * @param patience how long a request waits for a place, or for the same token's answer
   */
  record Bounds(int atOnce, Duration patience) {}

  private final TokenVerifier verifier;
  private final Roles roles;
  private final String userPrefix;
  private final AnswerCache cache;
  private final InstantSource clock;
  private final Bounds bounds;
  private final Semaphore places;
  private final Metrics metrics;
  private final Consumer<String> log;
  private final ConcurrentMap<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();

  Authenticator(
      Config config,
      TokenVerifier verifier,
      Roles roles,
      AnswerCache cache,
      Bounds bounds,
      InstantSource clock,
      Metrics metrics,
      Consumer<String> log) {
    this.verifier = verifier;
    this.roles = roles;
    this.userPrefix = config.userPrefix();
    this.cache = cache;
    this.clock = clock;
    this.bounds = bounds;
    this.places = new Semaphore(bounds.atOnce());
    this.metrics = metrics;
    this.log = log;
  }

  boolean isReady() {
    return verifier.isReady();
  }

  Answer answer(String token) {
    if (!TOKEN.matcher(token).matches()) {
      return metrics.count(new Refused("it is no bearer token"), false);
    }
    var key = AnswerCache.key(token);
    var known = cache.get(key, clock.instant());
    return known.isPresent()
        ? metrics.count(known.get(), true)
        : metrics.count(once(key, token), false);
  }

  private Answer once(String key, String token) {
    var mine = new CompletableFuture<Answer>();
    var others = asked.putIfAbsent(key, mine);
    if (others != null) {
      return await(others);
    }
    Answer answer = new Unavailable("a failure of our own");
    try {
      answer = placed(token);
      cache.put(key, answer, clock.instant());
    } finally {
      // Remembered first: who comes between the two lines would ask again for nothing.
      asked.remove(key);
      mine.complete(answer);
    }
    return answer;
  }

  private Answer await(CompletableFuture<Answer> others) {
    try {
      return others.get(bounds.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("interrupted");
    } catch (ExecutionException | TimeoutException e) {
      return new Unavailable("the same token is still being looked up");
    }
  }

  private Answer placed(String token) {
    try {
      if (!places.tryAcquire(bounds.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        return logged(new Unavailable("too many tokens at once"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("interrupted");
    }
    try {
      return logged(lookUp(token));
    } finally {
      places.release();
    }
  }

  private Answer lookUp(String token) {
    try {
      return switch (verifier.verify(token)) {
        case Claim.Refused(var reason) -> new Refused(reason);
        case Claim.Held held ->
            roles
                .groups(held.user())
                .<Answer>map(
                    groups -> new Authenticated(userPrefix + held.user(), groups, held.expires()))
                .orElseGet(() -> new Refused("the roles service does not know its user"));
      };
    } catch (OutageException e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Its message may hold what the token holds.
      return new Unavailable("a failure of our own: " + e.getClass().getSimpleName());
    }
  }

  private Answer logged(Answer answer) {
    switch (answer) {
      case Authenticated it -> log.accept("authenticated " + it.user() + " " + it.groups());
      case Refused it -> log.accept("refused a token: " + it.reason());
      case Unavailable it -> log.accept("unavailable: " + it.reason());
    }
    return answer;
  }
}
