package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.platform.component.Component;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** Jobs that say nothing of it are removed some time after they ended, with their pods. */
@AutoService(Component.class)
public final class JobTtl implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "job_ttl_enabled",
          new Bool(),
          "true",
          "Whether Jobs that say nothing get ttlSecondsAfterFinished; without it they stay");

  /** What failed at night must be there to be looked at in the morning. */
  private static final Symbol SECONDS =
      Symbol.setting(
          "job_ttl_seconds",
          new Whole(60, 31_536_000),
          "86400",
          "How long a Job that has ended is kept with its pods, in seconds, when it does not say so"
              + " itself; kube_job_cleaner_age_seconds does not shorten it");

  @Override
  public String name() {
    return "job-ttl";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(SECONDS);
  }

  /** A CronJob keeps as many of its Jobs as its history limits say, however seldom it runs. */
  @Override
  public List<HasMetadata> objects() {
    return Admission.objects(
        name(),
        name(),
        Admission.mutating(
                Admission.ofApplications(), Admission.requests("CREATE", "batch", "jobs"))
            .addNewMatchCondition("!has(object.spec.ttlSecondsAfterFinished)", "has-none")
            .addNewMatchCondition(
                "!object.metadata.?ownerReferences.orValue([]).exists(o, o.kind == 'CronJob')",
                "is-of-no-cron-job")
            .withMutations(
                Admission.merge(
                    "Object{spec: Object.spec{ttlSecondsAfterFinished: " + SECONDS.token() + "}}"))
            .build());
  }
}
