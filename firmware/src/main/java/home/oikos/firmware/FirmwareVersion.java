package home.oikos.firmware;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A version as vendors write them, compared as people read them: numbers as numbers, so 2.10 is newer than 2.9; what follows a `-` comes before
/// the same without it, so 2.1.0-rc1 is older than 2.1.0; a leading `v` and what follows a `+` (a build) say nothing of age.
public record FirmwareVersion(String text) implements Comparable<FirmwareVersion> {
    private static final Pattern PIECE = Pattern.compile("\\d+|[A-Za-z]+");

    @Override
    public int compareTo(FirmwareVersion other) {
        var mine = bare().split("-", 2);
        var its = other.bare().split("-", 2);
        int release = compare(pieces(mine[0]), pieces(its[0]));
        if (release != 0) return release;
        if (mine.length != its.length) return its.length - mine.length;
        return mine.length == 1 ? 0 : compare(pieces(mine[1]), pieces(its[1]));
    }

    public boolean isOlderThan(FirmwareVersion other) {
        return compareTo(other) < 0;
    }

    private String bare() {
        var release = text.split("\\+", 2)[0];
        return release.matches("[vV]\\d.*") ? release.substring(1) : release;
    }

    private static List<String> pieces(String part) {
        var pieces = new ArrayList<String>();
        var matcher = PIECE.matcher(part);
        while (matcher.find()) pieces.add(matcher.group());
        return pieces;
    }

    /// What one lacks counts as 0, so 2.1 is 2.1.0.
    private static int compare(List<String> mine, List<String> its) {
        for (int i = 0; i < Math.max(mine.size(), its.size()); i++) {
            int order = compare(i < mine.size() ? mine.get(i) : "0", i < its.size() ? its.get(i) : "0");
            if (order != 0) return order;
        }
        return 0;
    }

    /// A word is older than any number, as in semantic versions a number is older than a word only within a pre-release, where both are rare.
    private static int compare(String mine, String its) {
        boolean number = Character.isDigit(mine.charAt(0));
        if (number != Character.isDigit(its.charAt(0))) return number ? 1 : -1;
        return number ? new BigInteger(mine).compareTo(new BigInteger(its)) : mine.compareToIgnoreCase(its);
    }

    @Override
    public String toString() {
        return text;
    }
}
