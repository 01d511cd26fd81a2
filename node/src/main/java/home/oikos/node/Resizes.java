package home.oikos.node;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of changes to the amounts that a pod's containers have. Immutable.
/// @param given what each run was last given, by container ID
/// @param restarting IDs of runs that are ended only to run again with other amounts
/// @param pending why the node does not give what the pod asks for now
/// @param failure why a container could not be given what the node granted
record Resizes(Map<String, Amounts> given, Set<String> restarting, Optional<Pending> pending, Optional<String> failure) {
    static final Resizes NONE = new Resizes(Map.of(), Set.of(), Optional.empty(), Optional.empty());

    Resizes {
        given = Map.copyOf(given);
        restarting = Set.copyOf(restarting);
    }

    /// Why a pod keeps what it has.
    /// @param reason `Deferred` while others have what it wants, `Infeasible` when the whole machine has not that much
    record Pending(String reason, String message) {
        static final String DEFERRED = "Deferred";
        static final String INFEASIBLE = "Infeasible";
    }
}
