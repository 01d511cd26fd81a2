package home.oikos.gateway;

/// The two things a thermostat can do. What holds for heating holds for cooling upside down, so the code is written once and the sign turns it.
enum Side {
    HEAT(1, "heat", "warm"), COOL(-1, "cool", "cold");

    /// The direction in which it moves the temperature.
    final int sign;
    /// What one says of doing it: to heat, to cool.
    final String verb;
    /// What one says of the temperature it leads to.
    final String extreme;

    Side(int sign, String verb, String extreme) {
        this.sign = sign;
        this.verb = verb;
        this.extreme = extreme;
    }

    Side other() {
        return this == HEAT ? COOL : HEAT;
    }

    /// Whether one temperature lies beyond another in this direction.
    boolean isBeyond(double one, double other) {
        return sign * one > sign * other;
    }
}
