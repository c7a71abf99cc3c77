package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Channel;
import dev.fairway.model.Freeze;
import dev.fairway.model.Gates;
import dev.fairway.model.Wave;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A channel's policy. */
final class ChannelReader {
  /** More windows, or waves, than anybody keeps in mind. */
  private static final int MOST = 100;

  /** Taken: the source, the evidence, and the folders in which pull requests' heads stand. */
  private static final Set<String> TAKEN =
      Set.of("main", "evidence", "publish", "promote", "hotfix-source");

  private final ObjectReader in;
  private final Field<String> name;
  private final Field<String> branch;
  private final Field<String> upstream;
  private final Field<Gates> gates;
  private final Field<List<Freeze>> freezes;
  private final Field<List<Wave>> waves;

  private ChannelReader(ObjectReader in) {
    this.in = in;
    name = in.required("name", Shapes.NAME);
    branch = in.optional("branch", Shapes.NAME);
    upstream = in.optional("upstream", Shapes.NAME);
    gates = in.optional("gates", GatesReader.shape(!in.has("upstream")), Gates.NONE);
    freezes = in.optional("freezes", Shape.list(FreezeReader.SHAPE, 0, MOST), List.<Freeze>of());
    waves = in.optional("waves", Shape.list(WaveReader.SHAPE, Wave::name, MOST), List.<Wave>of());
  }

  /**
   * @param file the name of the file without its folder and ending
   */
  static Optional<Channel> read(ObjectReader in, String file) {
    var reader = new ChannelReader(in);
    reader.checkName(file);
    reader.checkTaken(reader.name);
    reader.checkTaken(reader.branch);
    reader.checkUpstream();
    WaveReader.checkOrder(in, reader.waves);
    return in.build(reader::channel);
  }

  private Channel channel() {
    return new Channel(
        name.get(),
        branch.value().orElse(name.get()),
        upstream.value(),
        gates.get(),
        freezes.get(),
        waves.get());
  }

  private void checkName(String file) {
    if (name.is(given -> !given.equals(file))) {
      in.broken(
          Diagnostic.at(
              name.span(),
              Code.CHANNEL_FILE_NAME,
              "name is %s, but the file is called %s.yaml".formatted(name.get(), Shown.of(file)),
              "rename the file to %s.yaml, or correct the name".formatted(name.get())));
    }
  }

  /** A promotion names its origin by the channel's name, so that is as reserved as the branch. */
  private void checkTaken(Field<String> given) {
    if (given.is(TAKEN::contains)) {
      in.broken(
          Diagnostic.at(
              given.span(),
              Code.TAKEN_BRANCH,
              "the channel's %s is %s, which Fairway uses itself"
                  .formatted(given.name(), given.get()),
              "write another %s: %s have a use of their own"
                  .formatted(given.name(), String.join(", ", TAKEN.stream().sorted().toList()))));
    }
  }

  private void checkUpstream() {
    if (upstream.with(name, String::equals)) {
      in.broken(
          Diagnostic.at(
              upstream.span(),
              Code.UPSTREAM_CYCLE,
              "upstream is %s, the channel itself".formatted(upstream.get()),
              "name the channel that its releases come from, or remove the key: the first channel"
                  + " has none"));
    }
  }
}
