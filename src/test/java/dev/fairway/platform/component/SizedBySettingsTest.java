package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.model.Quantity;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Choice;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a cluster sets, a VerticalPodAutoscaler of ours doesn't undo. It names no component. */
class SizedBySettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KIND = "VerticalPodAutoscaler";

  /** What a field asks for of a workload, and the autoscaler of that workload. */
  private record Sized(Component autoscaler, JsonNode object, Field asked) {
    private String resource() {
      return JsonPointer.compile(asked.pointer()).last().getMatchingProperty();
    }

    private JsonNode bound(String which) {
      return object.at("/spec/resourcePolicy/containerPolicies/0/" + which + "/" + resource());
    }

    @Override
    public String toString() {
      return asked.name() + ": " + asked.symbol().name();
    }
  }

  @TestFactory
  Stream<DynamicTest> theLeastIsWhatTheClusterSets() {
    return tests(sized -> {
      var pointer = "/spec/resourcePolicy/containerPolicies/0/minAllowed/" + sized.resource();
      assertThat(sized.autoscaler().fields())
          .contains(new Field(KIND, sized.asked().name(), pointer, sized.asked().symbol()));
      assertThat(sized.bound("minAllowed").asText())
          .isEqualTo(sized.asked().symbol().initial().orElseThrow().inline());
    });
  }

  @TestFactory
  Stream<DynamicTest> theMostIsNoLessThanAClusterCanSet() {
    return tests(sized -> {
      var most = Quantity.of(sized.bound("maxAllowed").asText());
      assertThat(choices(sized.asked().symbol()))
          .isNotEmpty()
          .allSatisfy(choice -> assertThat(Quantity.of(choice)).isLessThanOrEqualTo(most));
    });
  }

  private static List<String> choices(Symbol setting) {
    return setting.type() instanceof Choice choice ? choice.words() : List.of();
  }

  private static Stream<DynamicTest> tests(Consumer<Sized> test) {
    var found = Program.components().flatMap(SizedBySettingsTest::sized).toList();
    assertThat(found).isNotEmpty();
    return found.stream()
        .map(sized -> DynamicTest.dynamicTest(sized.toString(), () -> test.accept(sized)));
  }

  private static Stream<Sized> sized(Component component) {
    return component.objects().stream()
        .<JsonNode>map(JSON::valueToTree)
        .filter(object -> object.path("kind").asText().equals(KIND))
        .flatMap(object ->
            asked(object.at("/spec/targetRef")).map(it -> new Sized(component, object, it)));
  }

  private static Stream<Field> asked(JsonNode target) {
    return Program.components()
        .flatMap(component -> component.fields().stream())
        .filter(field -> field.kind().equals(target.path("kind").asText()))
        .filter(field -> field.name().equals(target.path("name").asText()))
        .filter(field -> field.pointer().contains("/resources/requests/"));
  }
}
