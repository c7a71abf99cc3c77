package dev.fairway.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The flags that make {@code cdk deploy --all} do by hand what Fairway does with the stacks of an
 * assembly, a line each, for {@code xargs -a} from within the assembly's folder. The CDK CLI takes
 * parameters by flag only. What {@code ~/.cdk.json} could say otherwise is said too: tags that
 * stand there would be a stack's only ones, and without its cluster's nobody finds it again.
 */
final class DeployArguments {
  static final String FILE = "cdk-deploy.args";

  private DeployArguments() {}

  static Content of(List<Stack> stacks) {
    var flags = new ArrayList<String>();
    flags.addAll(List.of("--app", "."));
    flags.addAll(List.of("--method", "direct", "--rollback", "--tags="));
    flags.addAll(List.of("--require-approval", "never"));
    flags.add("--no-previous-parameters");
    for (var stack : stacks) {
      stack
          .parameters()
          .forEach((name, value) ->
              flags.addAll(List.of("--parameters", stack.stackName() + ":" + name + "=" + value)));
    }
    var text = new StringBuilder();
    flags.forEach(flag -> text.append(quoted(flag)).append('\n'));
    return Content.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** As {@code xargs} reads it: double quotes hold all but themselves. */
  private static String quoted(String flag) {
    if (flag.indexOf('"') < 0) {
      return '"' + flag + '"';
    }
    return '"' + flag.replace("\"", "\"'\"'\"") + '"';
  }
}
