package dev.fairway.compiler;

import dev.fairway.diagnostic.Span;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a stack's source in a stack trace of CDK's. CDK has them while the environment of
 * Fairway's JVM says {@code JSII_HOST_STACK_TRACES=1}.
 *
 * @param method with its class
 */
record JavaCall(String method, Span span) {
  private static final String SOURCES = "src/main/java/";

  /** Such as {@code dev.fairway.platform.cloud.EtcdStack.volume (EtcdStack.java:42)}. */
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*(?<package>dev\\.fairway(?:\\.[a-z]\\w*)*)\\.(?<method>[A-Z].*)"
              + " \\((?<file>\\w+\\.java):(?<line>[1-9]\\d*)(?::.*)?\\)");

  /** Lambda's method, as the compiler of Java names it after the one that it stands in. */
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");

  /** Those that led to a construct, the innermost first, up to the emitter's. */
  static List<JavaCall> in(String trace) {
    return trace
        .lines()
        .map(FRAME::matcher)
        .filter(Matcher::matches)
        .map(JavaCall::of)
        .takeWhile(call -> !call.span.file().equals(file(TemplateEmitter.class)))
        .toList();
  }

  /** The file that the class stands in. */
  static String file(Class<?> type) {
    return file(type.getPackageName(), type.getNestHost().getSimpleName() + ".java");
  }

  private static JavaCall of(MatchResult frame) {
    var file = file(frame.group("package"), frame.group("file"));
    return new JavaCall(
        LAMBDA.matcher(frame.group("method")).replaceAll("$1"),
        new Span(file, Integer.parseInt(frame.group("line")), 1));
  }

  private static String file(String packageName, String name) {
    return SOURCES + packageName.replace('.', '/') + "/" + name;
  }
}
