package home.oikos.cel;

import static home.oikos.cel.LibraryBuilder.Argument.ANY;
import static home.oikos.cel.LibraryBuilder.Argument.FLAG;
import static home.oikos.cel.LibraryBuilder.Argument.TEXT;

import dev.cel.common.types.SimpleType;
import home.oikos.api.Quantity;
import java.math.BigDecimal;
import java.util.function.IntPredicate;

/// `quantity("1Gi")` and `semver("1.2.3")`: two kinds of values with an order.
final class KubernetesQuantities {
    private KubernetesQuantities() { }

    static KubernetesLibrary library() {
        var library = new LibraryBuilder();
        library.global("quantity", SimpleType.DYN, a -> parse((String) a[0]), TEXT);
        library.global("isQuantity", SimpleType.BOOL, a -> Quantity.parse((String) a[0]).isPresent(), TEXT);
        library.global("semver", SimpleType.DYN, a -> SemanticVersion.parse((String) a[0], false), TEXT);
        library.global("semver", SimpleType.DYN, a -> SemanticVersion.parse((String) a[0], (Boolean) a[1]), TEXT, FLAG);
        library.global("isSemver", SimpleType.BOOL, a -> SemanticVersion.isOne((String) a[0], false), TEXT);
        library.global("isSemver", SimpleType.BOOL, a -> SemanticVersion.isOne((String) a[0], (Boolean) a[1]), TEXT, FLAG);
        library.member("isGreaterThan", SimpleType.BOOL, a -> compares(a, c -> c > 0), ANY, ANY);
        library.member("isLessThan", SimpleType.BOOL, a -> compares(a, c -> c < 0), ANY, ANY);
        library.member("compareTo", SimpleType.INT, a -> (long) compared(a), ANY, ANY);
        library.member("sign", SimpleType.INT, a -> (long) quantity(a[0]).amount().signum(), ANY);
        library.member("isInteger", SimpleType.BOOL, a -> isWhole(quantity(a[0])), ANY);
        library.member("asInteger", SimpleType.INT, a -> whole(quantity(a[0])), ANY);
        library.member("asApproximateFloat", SimpleType.DOUBLE, a -> quantity(a[0]).amount().doubleValue(), ANY);
        library.member("add", SimpleType.DYN, a -> quantity(a[0]).plus(other(a[1])), ANY, ANY);
        library.member("sub", SimpleType.DYN, a -> quantity(a[0]).minus(other(a[1])), ANY, ANY);
        library.member("major", SimpleType.INT, a -> version(a[0]).major(), ANY);
        library.member("minor", SimpleType.INT, a -> version(a[0]).minor(), ANY);
        library.member("patch", SimpleType.INT, a -> version(a[0]).patch(), ANY);
        return library.build();
    }

    private static boolean compares(Object[] two, IntPredicate holds) {
        return holds.test(compared(two));
    }

    private static int compared(Object[] two) {
        if (two[0] instanceof Quantity quantity) return quantity.compareTo(other(two[1]));
        return version(two[0]).compareTo(version(two[1]));
    }

    private static Quantity parse(String text) {
        return Quantity.parse(text).orElseThrow(() -> new CelException(Quantity.SYNTAX));
    }

    private static Quantity quantity(Object value) {
        if (value instanceof Quantity quantity) return quantity;
        throw new CelException("expected a quantity");
    }

    private static Quantity other(Object value) {
        return value instanceof Long number ? Quantity.of(number) : quantity(value);
    }

    private static boolean isWhole(Quantity quantity) {
        return quantity.amount().stripTrailingZeros().scale() <= 0 && quantity.amount().abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    private static long whole(Quantity quantity) {
        if (!isWhole(quantity)) throw new CelException("cannot convert value to integer");
        return quantity.amount().longValueExact();
    }

    private static SemanticVersion version(Object value) {
        if (value instanceof SemanticVersion version) return version;
        throw new CelException("expected a semver");
    }
}
