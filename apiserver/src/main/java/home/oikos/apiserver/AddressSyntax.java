package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.net.InetAddress;

/// What addresses, ranges of them and names below a domain may look like; the words of each refusal are upstream's.
final class AddressSyntax {
    static final String ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final String RANGE = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private AddressSyntax() { }

    static String addressError(String text) {
        return NameSyntax.isAddress(text) ? null : ADDRESS;
    }

    static String rangeError(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !NameSyntax.isAddress(text.substring(0, slash)) || !text.substring(slash + 1).matches("\\d{1,3}")) return RANGE;
        return bits(text) <= (text.indexOf(':') < 0 ? 32 : 128) ? null : RANGE;
    }

    private static int bits(String range) {
        return Integer.parseInt(range.substring(range.indexOf('/') + 1));
    }

    /// Whether a range lies in another and is smaller. Both must be ranges.
    static boolean isStrictPart(String part, String whole) {
        var address = bytes(part);
        var outer = bytes(whole);
        if (address.length != outer.length || bits(part) <= bits(whole)) return false;
        for (int bit = 0; bit < bits(whole); bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (outer[bit / 8] & mask)) return false;
        }
        return true;
    }

    private static byte[] bytes(String range) {
        return InetAddress.ofLiteral(range.substring(0, range.indexOf('/'))).getAddress();
    }

    /// Refuses what is no `domain/path`.
    static void domainPath(String text, String path, FieldErrors errors) {
        int slash = text.indexOf('/');
        if (text.isEmpty()) errors.add(FieldError.required(path));
        else if (slash <= 0 || slash == text.length() - 1) {
            errors.invalid(path, text, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            var domain = text.substring(0, slash);
            errors.invalid(path, domain, NameSyntax.subdomainError(domain));
        }
    }

    static void ranges(Json ranges, String path, FieldErrors errors) {
        FieldErrors.each(ranges, path, (range, at) -> errors.invalid(at, range, rangeError(range.text(""))));
    }
}
