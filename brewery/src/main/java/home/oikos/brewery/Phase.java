package home.oikos.brewery;

/// Where a batch is, as the API spells it. Which one follows from what is decided in [Verdict] alone.
enum Phase {
    /// The yeast is in and has not begun: 10 to 24 hours are usual.
    Lag,
    /// Gravity falls, or has not been flat for long enough to say otherwise.
    Active,
    /// It stopped well above what is expected, and everything that could look like it has been ruled out.
    Stalled,
    /// What is expected is eaten; it clears and ripens.
    Conditioning,
    /// Nothing more to come.
    Done,
    /// The evidence does not reach; what is missing is said.
    Unknown;

    static Phase of(String word) {
        for (var phase : values()) if (phase.name().equals(word)) return phase;
        return Unknown;
    }

    /// Whether the beer is made.
    boolean isMade() {
        return this == Conditioning || this == Done;
    }
}
