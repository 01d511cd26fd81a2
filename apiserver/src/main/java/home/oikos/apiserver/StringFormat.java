package home.oikos.apiserver;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The formats of strings that a schema may name, as go-openapi's strfmt knows them. A format that it does not know fits every text.
final class StringFormat {
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d([Tt ]\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?([Zz]|[+-]\\d\\d:?\\d\\d)?)?");
    private static final Pattern DURATION =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))*|0"
                    + "|(\\d+\\s*(milli(seconds|second|secs|sec|s)?|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w)\\s*)+");
    private static final Pattern HOSTNAME = Pattern.compile("([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)"
            + "|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}([a-zA-Z\\p{L}]){2,63})");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+|[^<>]*<[^\\s@<>]+@[^\\s@<>]+>");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
    private static final String UUID = "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?%s[0-9a-f]{3}-?%s[0-9a-f]{3}-?[0-9a-f]{12}";

    private static final Map<String, Predicate<String>> FORMATS = Map.ofEntries(
            Map.entry("date-time", StringFormat::isDateTime), Map.entry("datetime", StringFormat::isDateTime), Map.entry("date", StringFormat::isDate),
            Map.entry("duration", all(DURATION)), Map.entry("hostname", text -> text.length() <= 255 && all(HOSTNAME).test(text)),
            Map.entry("email", all(EMAIL)), Map.entry("ipv4", all(IPV4)), Map.entry("ipv6", StringFormat::isIpv6), Map.entry("cidr", StringFormat::isCidr),
            Map.entry("mac", all("([0-9a-fA-F]{2}[:-]){5}([0-9a-fA-F]{2}[:-]){0,2}[0-9a-fA-F]{2}|([0-9a-fA-F]{4}\\.){2,3}[0-9a-fA-F]{4}")),
            Map.entry("uri", StringFormat::isUri), Map.entry("byte", StringFormat::isBase64),
            Map.entry("uuid", all(UUID.formatted("[0-9a-f]", "[0-9a-f]"))), Map.entry("uuid3", all(UUID.formatted("3", "[0-9a-f]"))),
            Map.entry("uuid4", all(UUID.formatted("4", "[89ab]"))), Map.entry("uuid5", all(UUID.formatted("5", "[89ab]"))),
            Map.entry("bsonobjectid", all("[0-9a-fA-F]{24}")), Map.entry("hexcolor", all("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
            Map.entry("rgbcolor", all("rgb\\(\\s*(25[0-5]|2[0-4]\\d|1?\\d?\\d)\\s*(,\\s*(25[0-5]|2[0-4]\\d|1?\\d?\\d)\\s*){2}\\)")),
            Map.entry("ssn", all("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
            Map.entry("creditcard", all("(?:\\d[ -]?){13,16}")), Map.entry("isbn10", all("(?:\\d[ -]?){9}[\\dX]")),
            Map.entry("isbn13", all("(?:\\d[ -]?){13}")), Map.entry("isbn", all("(?:\\d[ -]?){9}[\\dX]|(?:\\d[ -]?){13}")));

    private StringFormat() { }

    static boolean matches(String format, String text) {
        return format.isEmpty() || FORMATS.getOrDefault(format, _ -> true).test(text);
    }

    private static Predicate<String> all(Pattern pattern) {
        return text -> pattern.matcher(text).matches();
    }

    private static Predicate<String> all(String pattern) {
        return all(Pattern.compile(pattern));
    }

    private static boolean isDateTime(String text) {
        return DATE_TIME.matcher(text).matches() && isDate(text.substring(0, 10));
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isIpv6(String text) {
        if (!IPV6.matcher(text).matches()) return false;
        try {
            return java.net.InetAddress.ofLiteral(text).getAddress().length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) return false;
        var address = text.substring(0, slash);
        int bits = Integer.parseInt(text.substring(slash + 1));
        return all(IPV4).test(address) ? bits <= 32 : isIpv6(address) && bits <= 128;
    }

    /// As a request line has it: absolute, or a path from the root.
    private static boolean isUri(String text) {
        if (text.isEmpty()) return false;
        try {
            return new URI(text.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")).isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text).length >= 0 && text.replaceAll("\\s", "").length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
