package home.oikos.dice;

/// Watches raw samples one by one. Not for several threads.
interface HealthTest {
    /// @return whether this sample makes it an alarm; the test is to be reset then
    boolean trips(int sample);

    /// Forgets all samples.
    void reset();

    /// What it found, in words.
    Alarm alarm();
}
