package home.oikos.driver.ddi;

/// So many at once and so many a second. Safe for any thread.
final class Allowance {
    private final int burst;
    private final int perSecond;
    private double left;
    private long millis;

    Allowance(int burst, int perSecond, long nowMillis) {
        this.burst = burst;
        this.perSecond = perSecond;
        left = burst;
        millis = nowMillis;
    }

    synchronized boolean take(long nowMillis) {
        // A clock that was set back gives nothing and takes nothing.
        left = Math.min(burst, left + Math.max(0, nowMillis - millis) * perSecond / 1_000.0);
        millis = nowMillis;
        if (left < 1) return false;
        left--;
        return true;
    }
}
