package im.tombolo.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** What a class shows to others: the types of its public methods and constructors. */
final class Signatures {
  private Signatures() {}

  static ArchCondition<JavaClass> holdNothingOf(String library) {
    return new ArchCondition<>("hold nothing of " + library + " in what they show") {
      @Override
      public void check(JavaClass shown, ConditionEvents events) {
        shown.getCodeUnits().stream()
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(unit ->
                Stream.concat(
                        unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                    .anyMatch(type -> type.getPackageName().startsWith(library)))
            .forEach(
                unit -> events.add(SimpleConditionEvent.violated(unit, unit.getDescription())));
      }
    };
  }
}
