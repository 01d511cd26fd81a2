package home.oikos.workloads;

import java.util.List;

/// What became of an object's owners.
/// @param solid they are there
/// @param gone they are not, or another has their name
/// @param waiting they are being deleted, and wait for their dependents to go first
record OwnerVerdict(List<Owner> solid, List<Owner> gone, List<Owner> waiting) {
    /// What is to be done about a dependent.
    enum Sentence { KEEP, FORGET_OWNERS, DELETE, DELETE_FOREGROUND }

    /// @param hasDependents whether the object has dependents of its own, which a waiting owner waits for too
    Sentence sentence(boolean hasDependents) {
        if (!solid.isEmpty()) return gone.isEmpty() && waiting.isEmpty() ? Sentence.KEEP : Sentence.FORGET_OWNERS;
        if (gone.isEmpty() && waiting.isEmpty()) return Sentence.KEEP;
        return !waiting.isEmpty() && hasDependents ? Sentence.DELETE_FOREGROUND : Sentence.DELETE;
    }
}
