package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/**
 * The remote of a clone. What is fetched is one view, as the remote told it in one breath; what is
 * pushed moves from where that view saw it or not at all.
 */
final class Remote {
  /** Of reading from a folder. */
  private static final int TRIES = 5;

  /** In seconds without a byte. */
  private static final int PATIENCE = 30;

  private final Repository git;
  private final RemoteConfig config;
  private final Optional<String> token;
  private final PolicyFiles policies;

  private Remote(
      Repository git, RemoteConfig config, Optional<String> token, PolicyFiles policies) {
    this.git = git;
    this.config = config;
    this.token = token;
    this.policies = policies;
  }

  Repository git() {
    return git;
  }

  RemoteConfig config() {
    return config;
  }

  /** That there is one of the name, or which there are. */
  static void require(Repository git, String name) {
    if (git.getConfig().getString("remote", name, "url") == null) {
      throw Refusal.of(
          Code.NO_REMOTE,
          "the repository has no remote named " + name,
          remedy(git.getRemoteNames()));
    }
  }

  static Remote of(Repository git, RepositoryAccess access, PolicyFiles policies) {
    require(git, access.remote());
    try {
      var config = new RemoteConfig(git.getConfig(), access.remote());
      requireOneAddress(git, config);
      return new Remote(git, config, access.token(), policies);
    } catch (URISyntaxException e) {
      throw Refusal.of(
          Code.NO_REMOTE,
          "the address of the remote %s can't be read: %s".formatted(access.remote(), e.getInput()),
          "correct it: git remote set-url " + access.remote() + " URL");
    }
  }

  private static String remedy(Set<String> remotes) {
    return remotes.isEmpty()
        ? "add it: git remote add origin URL"
        : "name one with --remote: " + String.join(", ", new TreeSet<>(remotes));
  }

  /** What is judged must be what is moved, which nobody can say of two places. */
  private static void requireOneAddress(Repository git, RemoteConfig config) {
    var remote = config.getName();
    var pushed = git.getConfig().getStringList("remote", remote, "pushurl");
    var read = git.getConfig().getString("remote", remote, "url");
    var other = Stream.of(pushed).filter(address -> !address.equals(read)).findFirst();
    if (other.isPresent()) {
      throw Refusal.of(
          Code.TWO_ADDRESSES,
          "the remote %s is read from %s and pushed to at %s".formatted(remote, read, other.get()),
          "give it one address: git config --unset-all remote.%s.pushurl; or name a remote that has one with --remote"
              .formatted(remote));
    }
  }

  Transport open() throws NotSupportedException, TransportException {
    var transport = Transport.open(git, config);
    transport.setTimeout(PATIENCE);
    if (token.isPresent() && transport instanceof TransportHttp http) {
      OwnHost.use(http, token.get());
    }
    return transport;
  }

  /** Names of all branches of the remote and their commits, whether or not they are here. */
  SortedMap<String, ObjectId> advertised() {
    try (var transport = open();
        var connection = transport.openFetch()) {
      return heads(connection.getRefsMap());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static SortedMap<String, ObjectId> heads(Map<String, Ref> refs) {
    var heads = new TreeMap<String, ObjectId>();
    refs.forEach((name, ref) -> {
      if (name.startsWith(Constants.R_HEADS) && ref.getObjectId() != null) {
        heads.put(name.substring(Constants.R_HEADS.length()), ref.getObjectId());
      }
    });
    return heads;
  }

  /**
   * Asks until one answer's branches are all here: which channels there are is said by a commit of
   * main, which may have to be fetched first.
   */
  Branches fetch() {
    // Before anything is asked: meanwhile another process of this clone may see more than we do.
    var remembered = remembered();
    var named = Set.<String>of();
    while (true) {
      var view = fetch(named);
      var main = view.tip(Branches.MAIN);
      var channels = main.map(commit -> channelBranches(commit)).orElse(Set.of());
      if (named.containsAll(channels)) {
        var forward = new TreeSet<>(channels);
        forward.add(Branches.EVIDENCE);
        forward.forEach(branch -> requireForward(branch, remembered, view));
        remember(view, remembered);
        return view;
      }
      named = channels;
    }
  }

  /** Where this clone last saw the branches of the remote. */
  private Branches remembered() {
    return Branches.in(git, List.of(tracking("")));
  }

  /** Of a channel and of evidence nothing is ever taken away. */
  private void requireForward(String branch, Branches remembered, Branches view) {
    var was = remembered.tip(branch).filter(commit -> ChannelRepository.has(git, commit));
    var is = view.tip(branch);
    if (was.isPresent()
        && !is.equals(was)
        && is.filter(tip -> ChannelRepository.isAncestor(git, was.get(), tip)).isEmpty()) {
      throw Refusal.of(
          Code.BRANCH_SET_BACK,
          "%s is %s %s, which lacks %s, where this clone saw it"
              .formatted(
                  branch,
                  is.map(tip -> "at " + tip.name() + " on").orElse("gone from"),
                  config.getName(),
                  was.get().name()),
          "find out who pushed that, and move it back: git push --force %s %s:refs/heads/%s; or, where what this clone saw was not sound, let it forget that: git update-ref -d %s; nothing was changed"
              .formatted(config.getName(), was.get().name(), branch, tracking(branch)));
    }
  }

  /** What can't be read now is said by whoever reads the policy itself. */
  private Set<String> channelBranches(ObjectId main) {
    var branches = new TreeSet<String>();
    policies
        .read(main)
        .value()
        .ifPresent(policy ->
            policy.policies().channels().stream().map(Channel::branch).forEach(branches::add));
    return branches;
  }

  /** Of a folder that others write to at this moment, a half-written object may have been read. */
  private Branches fetch(Set<String> channels) {
    for (var tries = 1; ; tries++) {
      try {
        return fetched(channels);
      } catch (IOException e) {
        if (tries == TRIES || config.getURIs().getFirst().isRemote()) {
          throw unreachable(e);
        }
      }
    }
  }

  private Branches fetched(Set<String> channels) throws IOException {
    try (var transport = open();
        var connection = transport.openFetch()) {
      var wanted = new TreeMap<String, ObjectId>();
      var missing = new ArrayList<Ref>();
      var heads = heads(connection.getRefsMap());
      var known = new TreeSet<>(channels);
      known.addAll(knownChannels(heads));
      heads.entrySet().stream()
          .filter(head -> isOurs(head.getKey(), known))
          .forEach(head -> wanted.put(head.getKey(), head.getValue()));
      for (var branch : wanted.entrySet()) {
        if (!isRemembered(branch.getKey(), branch.getValue())) {
          missing.add(connection.getRef(Constants.R_HEADS + branch.getKey()));
        }
      }
      if (!missing.isEmpty()) {
        connection.fetch(NullProgressMonitor.INSTANCE, missing, Set.of());
      }
      return new Branches(wanted);
    }
  }

  private static boolean isOurs(String branch, Set<String> channels) {
    return branch.equals(Branches.MAIN)
        || branch.equals(Branches.EVIDENCE)
        || branch.startsWith(Branches.PUBLISH)
        || branch.startsWith(Branches.PROMOTE)
        || branch.startsWith(Branches.HOTFIX_SOURCE)
        || channels.contains(branch);
  }

  /** Usually main is here already, and one connection is enough. */
  private Set<String> knownChannels(Map<String, ObjectId> heads) {
    return Optional.ofNullable(heads.get(Branches.MAIN))
        .filter(commit -> ChannelRepository.has(git, commit))
        .map(this::channelBranches)
        .orElse(Set.of());
  }

  String tracking(String branch) {
    return Constants.R_REMOTES + config.getName() + "/" + branch;
  }

  /** Its whole history is here then, too. */
  private boolean isRemembered(String branch, ObjectId tip) throws IOException {
    var ref = git.exactRef(tracking(branch));
    return ref != null && tip.equals(ref.getObjectId()) && git.getObjectDatabase().has(tip);
  }

  /**
   * Lets the ordinary git see what was fetched. Another process of the same clone may be doing the
   * same: who judges looks at the view, so a reference that is locked is left to the other.
   */
  private void remember(Branches view, Branches remembered) {
    try {
      for (var branch : view.tips().entrySet()) {
        if (!isRemembered(branch.getKey(), branch.getValue())) {
          var update = git.updateRef(tracking(branch.getKey()));
          update.setNewObjectId(branch.getValue());
          update.setExpectedOldObjectId(remembered.tip(branch.getKey()).orElse(ObjectId.zeroId()));
          update.setForceUpdate(true);
          update.setRefLogMessage("fairway: fetch", false);
          update.update();
        }
      }
      for (var heads : List.of(Branches.PUBLISH, Branches.PROMOTE)) {
        for (var ref : git.getRefDatabase().getRefsByPrefix(tracking(heads))) {
          if (!view.tips().containsKey(ref.getName().substring(tracking("").length()))) {
            var update = git.updateRef(ref.getName());
            update.setForceUpdate(true);
            update.delete();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PushOutcome push(List<RefMove> moves) {
    return new Push(this, moves).run();
  }

  GitFailure unreachable(IOException e) {
    var why = why(e);
    return Refusal.of(
        Code.REMOTE_UNREACHABLE,
        "the remote %s can't be reached: %s"
            .formatted(
                config.getName(), why.lines().findFirst().orElse("").replaceAll("\\.+$", "")),
        why.contains("not authorized") || why.contains("Auth")
            ? "give a token that may push in GITHUB_TOKEN, which goes to https only, or use SSH"
            : "see whether this machine may reach it, and run it again: nothing was changed");
  }

  /** What the network says, where it says it: around that are names of classes. */
  private String why(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException || cause instanceof OwnHost.Elsewhere) {
        return "%s: %s".formatted(config.getURIs().getFirst(), cause.getMessage());
      }
    }
    return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }
}
