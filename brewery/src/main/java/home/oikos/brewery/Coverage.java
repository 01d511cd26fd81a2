package home.oikos.brewery;

/// How many readings there are of those that a span should have.
record Coverage(int samples, int expected) {
    /// More than expected in one half hour do not make up for none in another.
    static Coverage of(Trace trace, int from, int to, double periodSeconds) {
        int each = (int) Math.ceil(Slots.SLOT_SECONDS / periodSeconds) + 1;
        int samples = 0;
        for (int slot = Math.max(0, from); slot < to; slot++) if (trace.isUsable(slot)) samples += Math.min(each,
                trace.gravity().count(slot));
        // The half hour that is not over owes nothing yet.
        double seconds = (to - 1.0 - Math.max(0, from)) * Slots.SLOT_SECONDS;
        int expected = (int) Math.max(1, Math.floor(seconds / Math.max(periodSeconds, 1)));
        return new Coverage(Math.min(samples, expected), expected);
    }

    boolean reaches(double share) {
        return samples >= share * expected;
    }

    @Override
    public String toString() {
        return samples + " of " + expected + " readings";
    }
}
