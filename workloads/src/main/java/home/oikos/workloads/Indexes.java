package home.oikos.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Completion indexes in the API's short form: `1,3-5,7`. Two neighbours are written `0,1`, three `0-2`.
final class Indexes {
    private Indexes() { }

    static SortedSet<Integer> parse(String text) {
        var indexes = new TreeSet<Integer>();
        for (var part : text.split(",")) {
            if (part.isEmpty()) continue;
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            for (int index = first; index <= last; index++) indexes.add(index);
        }
        return indexes;
    }

    static String text(SortedSet<Integer> indexes) {
        var parts = new ArrayList<String>();
        var run = new ArrayList<Integer>();
        for (int index : indexes) {
            if (!run.isEmpty() && run.getLast() != index - 1) flush(run, parts);
            run.add(index);
        }
        flush(run, parts);
        return String.join(",", parts);
    }

    private static void flush(List<Integer> run, List<String> parts) {
        if (run.size() > 2) parts.add(run.getFirst() + "-" + run.getLast());
        else run.forEach(index -> parts.add(String.valueOf(index)));
        run.clear();
    }

    /// The index a pod works on, or -1.
    static int of(Pod pod) {
        return number(pod, Job.INDEX, -1);
    }

    /// How often the pod's index had failed before it.
    static int failuresBefore(Pod pod) {
        return number(pod, Job.FAILURES, 0);
    }

    private static int number(Pod pod, String annotation, int otherwise) {
        try {
            return Integer.parseInt(pod.metadata().annotations().getOrDefault(annotation, String.valueOf(otherwise)));
        } catch (NumberFormatException unreadable) {
            return otherwise;
        }
    }
}
