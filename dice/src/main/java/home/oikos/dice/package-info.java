/// Home-made random number generators: their raw samples, the health tests that watch them (NIST SP 800-90B), and what the home makes of them.
/// It decides what an EntropySource's samples are worth and gives them to nothing but [HomeRandom], where they can only add to the system's source.
/// A [SampleStream] is read by a [Feed] into a [Pipeline], where [HealthTests] may stop it and a [Conditioner] condenses it; [SourceLife] says what
/// follows from each alarm, [EntropySourceReconciler] starts feeds and tells their state, [SecretReconciler] fills Secrets.
package home.oikos.dice;
