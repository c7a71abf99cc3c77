package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GithubPullRequestsTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
  private static final String HEAD = "promote/alpha/0123";
  private static final String COMMIT = "ab".repeat(20);
  private static final PullRequest WANTED =
      new PullRequest("alpha", HEAD, "Promote dev to alpha", "gates: none met");

  private final List<Duration> waits = new ArrayList<>();
  private FakeGithub github;
  private GithubPullRequests pullRequests;

  @BeforeEach
  void start() throws IOException {
    github = FakeGithub.start();
    pullRequests = new GithubPullRequests(new GithubApi(github.github(), NOON, waits::add));
  }

  @AfterEach
  void stop() {
    pullRequests.close();
    github.close();
  }

  @Test
  void openingTwiceLeavesOne() {
    var first = pullRequests.open(WANTED);
    var second = pullRequests.open(WANTED);

    assertThat(first.value()).contains(URI.create("https://github.example/pull/1"));
    assertThat(second).isEqualTo(first);
    assertThat(github.pulls).hasSize(1);
    assertThat(github.requests).containsExactly("GET pulls", "POST pulls", "GET pulls");
  }

  @Test
  void theOpenOneIsGivenWhatIsWanted() {
    pullRequests.open(WANTED);

    pullRequests.open(new PullRequest("alpha", HEAD, "Promote dev to alpha", "gates: all met"));

    assertThat(github.pulls)
        .singleElement()
        .satisfies(pull -> {
          assertThat(pull.path("body").asText()).isEqualTo("gates: all met");
          assertThat(pull.path("base").path("ref").asText()).isEqualTo("alpha");
        });
  }

  @Test
  void aPullRequestOfAnotherBranchIsLeftAlone() {
    github.pull("example:promote/alpha/4567", "alpha", COMMIT);

    pullRequests.open(WANTED);

    assertThat(github.pulls).hasSize(2);
    assertThat(github.pulls.getFirst().path("title").asText()).isEmpty();
  }

  /** Nobody could tell which of them is meant. */
  @Test
  void aNewerOneOfASeriesClosesTheOlder() {
    var older = pullRequests.open(inSeries("promote/alpha/4567", "promote"));
    var newer = pullRequests.open(inSeries(HEAD, "promote"));
    pullRequests.open(inSeries(HEAD, "promote"));

    assertThat(github.pulls)
        .extracting(pull -> pull.path("state").asText())
        .containsExactly("closed", "open");
    assertThat(github.comments)
        .singleElement()
        .satisfies(comment ->
            assertThat(comment.path("body").asText())
                .contains(newer.value().orElseThrow().toString()));
    assertThat(pullRequests.open(inSeries("promote/alpha/4567", "promote")))
        .as("wanted again")
        .isNotEqualTo(older);
  }

  @Test
  void anOlderOneBehindAHundredOfStrangersIsClosed() {
    for (var number = 0; number < 100; number++) {
      github.pull("mallory:%d".formatted(number), "alpha", COMMIT);
    }
    pullRequests.open(inSeries("promote/alpha/4567", "promote"));

    pullRequests.open(inSeries(HEAD, "promote"));

    assertThat(github.pulls.get(100).path("state").asText()).isEqualTo("closed");
  }

  @Test
  void anAnswerThatIsNoneOfGithubsIsNoBugOfOurs() {
    for (var attempt = 0; attempt < 5; attempt++) {
      github.trouble(200, Map.of(), "[]");
      github.trouble(200, Map.of(), "{\"html_url\":\"not an address\"}");
    }

    assertThat(only(pullRequests.open(WANTED)).code()).isEqualTo(Code.GITHUB_UNREACHABLE);
  }

  @Test
  void othersStayOpenBesideIt() {
    pullRequests.open(WANTED);
    pullRequests.open(inSeries("promote/alpha/4567", "rollback"));
    pullRequests.open(
        new PullRequest("stable", "promote/stable/0123", "", "", Optional.of("promote")));
    github
        .pull("mallory:promote/alpha/89ab", "alpha", COMMIT)
        .put("body", inSeries(HEAD, "promote").marker().orElseThrow());

    pullRequests.open(inSeries("promote/alpha/cdef", "promote"));

    assertThat(github.pulls)
        .hasSize(5)
        .allSatisfy(pull -> assertThat(pull.path("state").asText()).isEqualTo("open"));
    assertThat(github.comments).isEmpty();
  }

  private static PullRequest inSeries(String head, String series) {
    return new PullRequest("alpha", head, "Promote", "gates: none met", Optional.of(series));
  }

  @Test
  void whatWasCarriedOutThoughItsAnswerGotLostIsNotDoneTwice() {
    github.troubles.add(new FakeGithub.Trouble(200, Map.of(), "[]", false));
    github.troubles.add(new FakeGithub.Trouble(502, Map.of(), "", true));

    assertThat(pullRequests.open(WANTED).value()).isPresent();
    assertThat(github.pulls).hasSize(1);
    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aServerThatKeepsFailingIsAskedFiveTimes() {
    for (int attempt = 0; attempt < 9; attempt++) {
      github.trouble(503, Map.of(), "");
    }

    assertThat(only(pullRequests.open(WANTED)).code()).isEqualTo(Code.GITHUB_UNREACHABLE);
    assertThat(github.requests).hasSize(5);
    assertThat(waits).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 16L);
  }

  @Test
  void aLimitIsWaitedForAsLongAsItSays() {
    var message = "{\"message\":\"You have exceeded a secondary rate limit\"}";
    github.trouble(403, Map.of("Retry-After", "37"), message);
    github.trouble(429, Map.of(), "{}");
    github.trouble(
        403,
        Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", seconds("12:01:30")),
        message);

    assertThat(pullRequests.open(WANTED).value()).isPresent();
    assertThat(waits).extracting(Duration::toSeconds).containsExactly(37L, 60L, 91L);
  }

  private static String seconds(String time) {
    return Long.toString(Instant.parse("2026-11-22T" + time + "Z").getEpochSecond());
  }

  @Test
  void aLimitOfAnHourIsNotWaitedFor() {
    github.trouble(403, Map.of("Retry-After", "3600"), "{\"message\":\"API rate limit\"}");

    var told = only(pullRequests.open(WANTED));
    assertThat(told.code()).isEqualTo(Code.GITHUB_LIMIT);
    assertThat(told.remedy()).endsWith("after 2026-11-22T13:00:00Z");
    assertThat(waits).isEmpty();
  }

  @Test
  void whatIsForbiddenIsNotTriedAgain() {
    github.trouble(403, Map.of(), "{\"message\":\"Resource not accessible by integration\"}");

    var refused = only(pullRequests.open(WANTED));

    assertThat(refused.code()).isEqualTo(Code.GITHUB_REFUSED);
    assertThat(refused.message()).contains("403", "pulls", "Resource not accessible");
    assertThat(github.requests).hasSize(1);
  }

  @Test
  void nothingShowsTheToken() {
    github.trouble(301, Map.of("Location", github.address() + "/elsewhere"), "{}");
    github.trouble(401, Map.of(), "{\"message\":\"Bad credentials\"}");

    assertThat(only(pullRequests.open(WANTED)).toString()).doesNotContain(FakeGithub.TOKEN);
    assertThat(only(pullRequests.open(WANTED)).toString()).doesNotContain(FakeGithub.TOKEN);
    assertThat(github.github().toString()).doesNotContain(FakeGithub.TOKEN);
    // A redirection is not followed, for the token would go along.
    assertThat(github.requests).hasSize(2);
  }

  @Test
  void aTokenIsSentByHttpsOrNotAtAll() {
    assertThat(Github.of("http://api.github.com", "example/platform", "x").value()).isEmpty();
    assertThat(Github.of("https://api.github.com/", "example/platform", "x").value())
        .map(Github::api)
        .contains(URI.create("https://api.github.com"));
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() {
    assertThat(Github.of("", "", "").diagnostics().all())
        .hasSize(3)
        .extracting(Diagnostic::code)
        .containsOnly(Code.GITHUB_NOT_CONFIGURED);
    assertThat(Github.of("https://x.example", "example/platform", "a\nb").diagnostics().all())
        .singleElement()
        .satisfies(told -> assertThat(told.toString()).doesNotContain("a\nb"));
  }

  @Test
  void aSecondCommentTakesThePlaceOfTheFirst() {
    github.pull("example:" + HEAD, "alpha", COMMIT);
    pullRequests.comment(HEAD, "gates", "none met");
    pullRequests.comment(HEAD, "diff", "no change");

    pullRequests.comment(HEAD, "gates", "all met");

    assertThat(github.comments)
        .extracting(comment -> comment.path("body").asText())
        .containsExactly("<!-- fairway:gates -->\nall met", "<!-- fairway:diff -->\nno change");
  }

  @Test
  void anEarlierCommentIsFoundBehindHundredOthers() {
    var pull = github.pull("example:" + HEAD, "alpha", COMMIT).path("number").asInt();
    for (int others = 0; others < 150; others++) {
      github.comment(pull, "me too", "User", "NONE");
    }
    pullRequests.comment(HEAD, "diff", "no change");

    pullRequests.comment(HEAD, "diff", "one change");

    assertThat(github.comments).hasSize(151);
  }

  /** He could change it later to what we never said. */
  @Test
  void aStrangersCommentThatBeginsLikeOursIsNotOurs() {
    var pull = github.pull("example:" + HEAD, "alpha", COMMIT).path("number").asInt();
    github.comment(pull, "<!-- fairway:diff -->\nall is well", "User", "CONTRIBUTOR");

    pullRequests.comment(HEAD, "diff", "no change");

    assertThat(github.comments).hasSize(2);
  }

  @Test
  void theBranchOfAForkIsNotTheOneOfTheSameName() {
    github.pull("example:main", "main", COMMIT);
    var fork = github.pull("ada:main", "main", COMMIT).path("number").asInt();

    pullRequests.comment("ada:main", "diff", "no change");

    assertThat(github.comments)
        .singleElement()
        .satisfies(comment -> assertThat(comment.path("pull").asInt()).isEqualTo(fork));
  }

  @Test
  void nothingIsSaidUnderACommitThatItIsNotAbout() {
    github.pull("ada:main", "main", COMMIT);

    var said = pullRequests.comment("ada:main", "cd".repeat(20), "diff", "no change");

    assertThat(said.value()).contains(Optional.empty());
    assertThat(github.comments).isEmpty();
  }

  @Test
  void aBranchWithoutAPullRequestCantBeCommentedOn() {
    assertThat(only(pullRequests.comment(HEAD, "diff", "no change")).code())
        .isEqualTo(Code.NO_PULL_REQUEST);
  }

  @Test
  void whatIsTooLongIsCutAtALineAndSaysSo() {
    var line = "x".repeat(98) + "\n";
    var cut = GithubPullRequests.cut(line.repeat(1000));

    assertThat(cut).hasSizeLessThan(65_536).endsWith("more than fit here\n");
    assertThat(cut.lines().limit(600)).containsOnly("x".repeat(98));
    assertThat(GithubPullRequests.cut(line)).isEqualTo(line);
    // No half of a ship.
    assertThat(GithubPullRequests.cut("-" + "🚢".repeat(40_000)).codePoints())
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  @Test
  void aStatusStandsUnderItsContext() {
    pullRequests.status(
        COMMIT,
        new CommitStatus(
            CommitStatus.State.SUCCESS,
            "end-to-end/dev",
            "d".repeat(200),
            Optional.of(URI.create("https://github.example/runs/1"))));

    assertThat(github.statuses)
        .singleElement()
        .satisfies(status -> {
          assertThat(status.path("state").asText()).isEqualTo("success");
          assertThat(status.path("context").asText()).isEqualTo("end-to-end/dev");
          assertThat(status.path("description").asText()).hasSize(140);
          assertThat(status.path("target_url").asText()).endsWith("/runs/1");
        });
  }

  @Test
  void aChangedFileIsProposedOnTopOfMain() {
    given("old");

    assertThat(propose("new")).contains(URI.create("https://github.example/pull/1"));

    assertThat(file("images")).isEqualTo("new");
    assertThat(file("main")).isEqualTo("old");
    assertThat(github.dispatches)
        .singleElement()
        .satisfies(run -> assertThat(run.path("ref").asText()).isEqualTo("images"));
  }

  @Test
  void aFileThatMainHasIsNotProposed() {
    given("old");

    assertThat(propose("old")).isEmpty();
    assertThat(github.requests).hasSize(1);
  }

  @Test
  void aProposalFollowsMainAndTheFile() {
    given("old");
    propose("new");
    github
        .files
        .computeIfAbsent("main", _ -> new TreeMap<>())
        .put("other", "of main".getBytes(UTF_8));

    propose("newer");

    assertThat(file("images")).isEqualTo("newer");
    assertThat(github.files.get("images")).containsKey("other");
    assertThat(github.pulls).hasSize(1);
  }

  /** What else somebody pushed there would come to main with it. */
  @Test
  void aProposalIsTheFileOnTopOfMainAndNothingElse() {
    given("old");
    propose("new");
    propose("new");
    assertThat(github.git.moves()).as("nothing moved").hasSize(1);

    github.branches.put("main", "cd".repeat(20));
    propose("new");
    assertThat(github.git.moves()).as("main moved").hasSize(2);

    var tip = Objects.requireNonNull(github.branches.get("images"));
    ArrayNode parents = github.git.found("commits", tip).orElseThrow().withArray("parents");
    parents.addObject();
    propose("new");
    assertThat(github.git.moves()).as("somebody merged something").hasSize(3);
  }

  @Test
  void aProposalWhoseAnswersGetLostIsMadeOnce() {
    given("old");
    for (int request = 0; request < 4; request++) {
      github.troubles.add(new FakeGithub.Trouble(500, Map.of(), "", true));
    }

    assertThat(propose("new")).isPresent();
    assertThat(github.pulls).hasSize(1);
    assertThat(file("images")).isEqualTo("new");
  }

  /** GitHub closes a pull request whose head comes to be its base. */
  @Test
  void theHeadOfAProposalIsNeverItsBase() {
    given("old");
    propose("new");
    propose("newer");

    assertThat(github.git.moves()).hasSize(2).doesNotContain(COMMIT);
  }

  /** As {@code git hash-object} says. */
  @Test
  void aBlobIsCalledAsGitCallsIt() {
    assertThat(GithubFiles.blobOf("hello\n".getBytes(UTF_8)))
        .isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
  }

  private void given(String content) {
    github.branches.put("main", COMMIT);
    github.files.put("main", new TreeMap<>(Map.of("images.lock", content.getBytes(UTF_8))));
  }

  private Optional<URI> propose(String content) {
    var wanted = new PullRequest("main", "images", "Lock images anew", "");
    return pullRequests
        .propose(wanted, "images.lock", content.getBytes(UTF_8), "verify.yaml")
        .value()
        .orElseThrow();
  }

  private String file(String branch) {
    return new String(github.files.getOrDefault(branch, new TreeMap<>()).get("images.lock"), UTF_8);
  }

  private static <T> Diagnostic only(Outcome<T> outcome) {
    assertThat(outcome.diagnostics().all()).hasSize(1);
    return outcome.diagnostics().all().getFirst();
  }
}
