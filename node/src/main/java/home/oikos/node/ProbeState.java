package home.oikos.node;

/// What the probes of one run of a container have found so far. Where a container has no such probe, it counts as passed.
record ProbeState(boolean started, boolean ready, boolean alive) {
    static final ProbeState NONE = new ProbeState(true, true, true);

    ProbeState withStarted(boolean started) {
        return new ProbeState(started, ready, alive);
    }

    ProbeState withReady(boolean ready) {
        return new ProbeState(started, ready, alive);
    }

    ProbeState withAlive(boolean alive) {
        return new ProbeState(started, ready, alive);
    }
}
