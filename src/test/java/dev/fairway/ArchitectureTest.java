package dev.fairway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The map of the house, held by the build. A rule that is in the way is discussed and changed here,
 * with its reason; it is never gone around.
 *
 * <p>Rules may be about packages that are still empty: the map was drawn before the rooms were
 * furnished.
 */
class ArchitectureTest {

  private static final String ROOT = "dev.fairway.";

  /** In the order in which data flows: each may import only those above it. */
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("model", "the facts hold whoever reads, compiles or deploys them"),
          new Layer("diagnostic", "whoever finds a mistake reports it in the same way"),
          new Layer("source", "reading a file needs no notion of what a cluster is made of"),
          new Layer("image", "what a tag stands for is the same whatever runs the image"),
          new Layer("platform", "what a cluster is must not depend on how it is compiled"),
          new Layer(
              "check", "a rule judges the model, and so judges it before anything is emitted"),
          new Layer("release", "the format is a contract that outlives any compiler"),
          new Layer("compiler", "it writes releases and must not know who links them"),
          new Layer("link", "it handles bytes and digests, the same on a laptop as in a service"),
          new Layer("diff", "it compares folders, wherever they came from"),
          new Layer("channel", "Git carries releases without knowing what is done with them"),
          new Layer("registry", "it knows clusters, not how they are changed"),
          new Layer("deploy", "one cluster, one assembly, whoever asked for it"),
          new Layer("lifecycle", "it drives deploy, and is driven by no one but its entry point"),
          new Layer("cli", "commands hold no logic, so nothing may depend on them"),
          // For others: they read the model, and nothing of Fairway reads them.
          new Layer("access", "it runs beside an API server, where only the model is at hand"),
          new Layer(
              "workload", "it is a library for others, who get the model with it and no more"));

  private static final List<Confinement> CONFINEMENTS =
      List.of(
          new Confinement(
              "jsii",
              List.of(
                  "software.amazon.awscdk..",
                  "software.amazon.jsii..",
                  "software.constructs..",
                  "org.cdk8s.."),
              List.of("platform.cloud", "compiler", "workload"),
              "its objects live in another process, on one thread, and are never freed: the"
                  + " crossings are few and known"),
          new Confinement(
              "picocli",
              List.of("picocli.."),
              List.of("cli"),
              "what a command does can be called without a command line"),
          new Confinement(
              "JGit",
              List.of("org.eclipse.jgit.."),
              List.of("channel"),
              "branches, trees and signatures are judged at one place"),
          new Confinement(
              "clients of AWS and Kubernetes",
              List.of("software.amazon.awssdk..", "io.fabric8.kubernetes.client.."),
              List.of("deploy", "lifecycle"),
              "only what changes a running cluster may speak to one"),
          new Confinement(
              "the types of Kubernetes objects",
              List.of("io.fabric8.kubernetes.api..", "io.fabric8.kubernetes.model.."),
              List.of("platform", "check", "compiler", "diff", "deploy", "lifecycle", "workload"),
              "elsewhere an object is bytes of a release, which nobody may quietly read and write"
                  + " anew"));

  private static final JavaClasses FAIRWAY =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.fairway");

  @TestFactory
  Stream<DynamicTest> aPackageImportsOnlyThoseAboveIt() {
    return LAYERS.stream()
        .limit(LAYERS.size() - 1)
        .map(layer ->
            DynamicTest.dynamicTest(
                layer.name(),
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(tree(layer.name()))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(below(layer))
                        .because(layer.reason())
                        .allowEmptyShould(true)
                        .check(FAIRWAY)));
  }

  @Test
  void everyPackageIsOnTheMap() {
    classes()
        .should()
        .resideInAnyPackage(trees(LAYERS.stream().map(Layer::name).toList()))
        .because("a package that has no place in the order is held by none of these rules")
        .check(FAIRWAY);
  }

  @Test
  void theModelImportsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage(tree("model"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(tree("model"), "java..", "org.jspecify.annotations..")
        .because("everything rests on it, and so it rests on nothing that has versions")
        .check(FAIRWAY);
  }

  @TestFactory
  Stream<DynamicTest> whatIsForOthersImportsTheModelOnly() {
    return Stream.of("access", "workload")
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(tree(name))
                        .should()
                        .dependOnClassesThat(
                            describe(
                                "are ours, and neither of the model nor their own",
                                target ->
                                    target.getPackageName().startsWith(ROOT)
                                        && Stream.of("model", name)
                                            .noneMatch(
                                                ours -> isIn(ours, target.getPackageName()))))
                        .because("who uses it must not get the compiler with it")
                        .allowEmptyShould(true)
                        .check(FAIRWAY)));
  }

  @TestFactory
  Stream<DynamicTest> aLibraryStaysWhereItIsUnderstood() {
    return CONFINEMENTS.stream()
        .map(confinement ->
            DynamicTest.dynamicTest(
                confinement.library(),
                () ->
                    noClasses()
                        .that()
                        .resideOutsideOfPackages(trees(confinement.allowedIn()))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(confinement.packages().toArray(String[]::new))
                        .because(confinement.reason())
                        .check(FAIRWAY)));
  }

  @Test
  void theOutsideWorldEntersAtTheEntryPoints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("cli"))
        .and()
        .doNotHaveSimpleName("Main")
        .should()
        .accessTargetWhere(
            anyOf(
                "the clock, the environment or a standard stream",
                Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getenv",
                    "java.lang.System.console",
                    "java.lang.System.exit",
                    "java.lang.System.in",
                    "java.lang.System.out",
                    "java.lang.System.err",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.Clock.system",
                    "java.time.InstantSource.system",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalTime.now",
                    "java.time.LocalDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.time.Year.now",
                    "java.lang.Throwable.printStackTrace")))
        .because(
            "they are handed in as values, so that every test can choose them; an InstantSource for"
                + " the time")
        .check(FAIRWAY);
  }

  @Test
  void theBytesOfAReleaseDependOnItsSourceAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            trees(
                List.of(
                    "model", "source", "platform", "check", "release", "compiler", "link", "diff")))
        .should()
        .accessTargetWhere(
            anyOf(
                "chance or the machine",
                Set.of(
                    "java.lang.Math.random",
                    "java.lang.System.getProperty",
                    "java.lang.System.getProperties",
                    "java.lang.System.identityHashCode",
                    "java.lang.System.lineSeparator",
                    "java.net.InetAddress.getLocalHost",
                    "java.nio.charset.Charset.defaultCharset",
                    "java.security.SecureRandom.<init>",
                    "java.time.ZoneId.systemDefault",
                    "java.util.Date.<init>",
                    "java.util.Locale.getDefault",
                    "java.util.Random.<init>",
                    "java.util.TimeZone.getDefault",
                    "java.util.UUID.randomUUID",
                    "java.util.concurrent.ThreadLocalRandom.current")))
        .because("two machines that compile one commit must agree to the byte")
        .check(FAIRWAY);
  }

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching(ROOT + "(**)")
        .should()
        .beFreeOfCycles()
        .because(
            "a part that needs another which needs it back can be neither read nor tested alone")
        .check(FAIRWAY);
  }

  private static String[] below(Layer layer) {
    return trees(LAYERS.stream().skip(LAYERS.indexOf(layer) + 1L).map(Layer::name).toList());
  }

  private static String[] trees(List<String> packages) {
    return packages.stream().map(ArchitectureTest::tree).toArray(String[]::new);
  }

  private static String tree(String name) {
    return ROOT + name + "..";
  }

  private static boolean isIn(String layer, String packageName) {
    return (packageName + ".").startsWith(ROOT + layer + ".");
  }

  /** Matches calls, fields and method references alike: {@code owner.member}. */
  private static DescribedPredicate<JavaAccess<?>> anyOf(String description, Set<String> members) {
    return describe(
        "the target is " + description,
        access ->
            members.contains(
                access.getTargetOwner().getName() + "." + access.getTarget().getName()));
  }

  private record Layer(String name, String reason) {}

  private record Confinement(
      String library, List<String> packages, List<String> allowedIn, String reason) {}
}
