package home.oikos.dice;

/// The binomial distribution's far tail, which floating point loses when it is computed as one minus the rest.
final class Binomial {
    private Binomial() { }

    /// CRITBINOM(n, p, 1 - alpha): the least count that n trials exceed with a chance of at most alpha.
    static int critical(int n, double p, double alpha) {
        double above = 0;
        for (int count = n; count > 0; count--) {
            above += chance(n, count, p);
            if (above > alpha) return count;
        }
        return 0;
    }

    /// The chance of exactly that many.
    private static double chance(int n, int count, double p) {
        double logarithm = logFactorial(n) - logFactorial(count) - logFactorial(n - count) + count * Math.log(p) + (n - count) * Math.log1p(-p);
        return Math.exp(logarithm);
    }

    private static double logFactorial(int n) {
        double sum = 0;
        for (int i = 2; i <= n; i++) sum += Math.log(i);
        return sum;
    }
}
