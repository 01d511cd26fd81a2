package home.oikos.dice;

/// The binomial distribution's far tail, which floating point loses when it is computed as one minus the rest.
final class Binomial {
    private Binomial() { }

    /// CRITBINOM(n, p, 1 - alpha): the least count that n trials exceed with a chance of at most alpha.
    static int critical(int n, double p, double alpha) {
        double logarithm = n * Math.log(p);
        double above = 0;
        for (int count = n; count > 0; count--) {
            above += Math.exp(logarithm);
            if (above > alpha) return count;
            // The chance of one less: C(n, k - 1) = C(n, k) k / (n - k + 1), and one success gives way to a failure.
            logarithm += Math.log(count) - Math.log(n - count + 1) + Math.log1p(-p) - Math.log(p);
        }
        return 0;
    }
}
