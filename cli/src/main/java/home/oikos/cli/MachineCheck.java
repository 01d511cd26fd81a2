package home.oikos.cli;

import java.util.List;
import java.util.Optional;

/// What doctor looks at on the machine itself, beyond files. Owned here, since this room runs no commands; whoever starts the program
/// brings it.
@FunctionalInterface
public interface MachineCheck {
    /// @param what the sentence
    /// @param fix what to type, or what the mending would do
    /// @param mend does it after a yes; empty where the owner must
    record Problem(String what, String fix, Optional<Runnable> mend) { }

    List<Problem> problems();
}
