package home.oikos.cel;

import static home.oikos.cel.LibraryBuilder.Argument.ANY;
import static home.oikos.cel.LibraryBuilder.Argument.LIST;
import static home.oikos.cel.LibraryBuilder.Argument.TEXT;
import static home.oikos.cel.LibraryBuilder.Argument.WHOLE;

import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Regular expressions and lists: `"a1".find("[0-9]")`, `[1, 2].sum()`.
final class KubernetesTexts {
    private KubernetesTexts() { }

    static KubernetesLibrary library() {
        var library = new LibraryBuilder();
        library.member("find", SimpleType.STRING, a -> all(a).findFirst().orElse(""), TEXT, TEXT);
        library.member("findAll", SimpleType.DYN, a -> all(a).toList(), TEXT, TEXT);
        library.member("findAll", SimpleType.DYN, a -> ((Long) a[2] < 0 ? all(a) : all(a).limit((Long) a[2])).toList(), TEXT, TEXT, WHOLE);
        library.member("isSorted", SimpleType.BOOL, a -> isSorted((List<?>) a[0]), LIST);
        library.member("sum", SimpleType.DYN, a -> sum((List<?>) a[0]), LIST);
        library.member("min", SimpleType.DYN, a -> best((List<?>) a[0], -1), LIST);
        library.member("max", SimpleType.DYN, a -> best((List<?>) a[0], 1), LIST);
        library.member("indexOf", SimpleType.INT, a -> (long) ((List<?>) a[0]).indexOf(a[1]), LIST, ANY);
        library.member("lastIndexOf", SimpleType.INT, a -> (long) ((List<?>) a[0]).lastIndexOf(a[1]), LIST, ANY);
        return library.build();
    }

    private static Stream<String> all(Object[] arguments) {
        try {
            return Pattern.compile((String) arguments[1]).matcher((String) arguments[0]).results().map(MatchResult::group);
        } catch (PatternSyntaxException e) {
            throw new CelException("illegal regex: " + e.getDescription(), e);
        }
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (order(list.get(i - 1), list.get(i)) > 0) return false;
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private static int order(Object left, Object right) {
        if (left instanceof Number one && right instanceof Number other && one.getClass() != other.getClass()) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        if (left instanceof Comparable<?> comparable && left.getClass() == right.getClass()) return ((Comparable<Object>) comparable).compareTo(right);
        throw new CelException("no such overload");
    }

    private static Object best(List<?> list, int sign) {
        Object best = null;
        for (var item : list) {
            if (best == null || order(item, best) * sign > 0) best = item;
        }
        if (best == null) throw new CelException((sign > 0 ? "max" : "min") + " called on empty list");
        return best;
    }

    private static Object sum(List<?> list) {
        if (list.stream().anyMatch(Double.class::isInstance)) return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).sum();
        if (list.stream().allMatch(java.time.Duration.class::isInstance) && !list.isEmpty()) {
            return list.stream().map(java.time.Duration.class::cast).reduce(java.time.Duration.ZERO, java.time.Duration::plus);
        }
        long sum = 0;
        for (var item : list) sum = Math.addExact(sum, ((Number) item).longValue());
        return sum;
    }
}
