package home.oikos.gateway;

import home.oikos.driver.Command;
import home.oikos.driver.Reading;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What is on its way between the gateway and one simulated thing: late, sometimes lost, in order, as over MQTT. Times are true seconds.
final class RadioLine {
    /// Well within what the gateway takes for the life of a message.
    private static final int LATE_SECONDS_MAX = 20;
    /// A radio that loses everything for minutes is a device that dropped off.
    private static final int LOST_IN_A_ROW_MAX = 2;
    private static final double LOST = 0.2;

    private final RandomGenerator random;
    private final Deque<Report> reports = new ArrayDeque<>();
    private final Deque<Order> orders = new ArrayDeque<>();
    private double lost = LOST;
    private int late = LATE_SECONDS_MAX;
    private int lostReports;
    private int lostOrders;
    private long lastReport;
    private long lastOrder;

    record Report(long arrives, long said, List<Reading> readings) { }

    record Order(long arrives, long sent, Command command) { }

    RadioLine(RandomGenerator random) {
        this.random = random;
    }

    /// From here on nothing is lost or late.
    void clear() {
        lost = 0;
        late = 1;
    }

    void report(List<Reading> readings, long second) {
        lostReports = random.nextDouble() < lost && lostReports < LOST_IN_A_ROW_MAX ? lostReports + 1 : 0;
        if (lostReports > 0) return;
        lastReport = Math.max(lastReport, second + random.nextInt(late));
        reports.add(new Report(lastReport, second, readings));
    }

    void order(Command command, long second) {
        lostOrders = random.nextDouble() < lost && lostOrders < LOST_IN_A_ROW_MAX ? lostOrders + 1 : 0;
        if (lostOrders > 0) return;
        lastOrder = Math.max(lastOrder, second + random.nextInt(late));
        orders.add(new Order(lastOrder, second, command));
    }

    Optional<Report> nextReport(long second) {
        return reports.isEmpty() || reports.getFirst().arrives() > second ? Optional.empty() : Optional.of(reports.removeFirst());
    }

    Optional<Order> nextOrder(long second) {
        return orders.isEmpty() || orders.getFirst().arrives() > second ? Optional.empty() : Optional.of(orders.removeFirst());
    }
}
