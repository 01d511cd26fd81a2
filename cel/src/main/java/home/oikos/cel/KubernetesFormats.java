package home.oikos.cel;

import static home.oikos.cel.LibraryBuilder.Argument.ANY;
import static home.oikos.cel.LibraryBuilder.Argument.TEXT;

import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// `format.dns1123Label().validate(text)`: what is wrong with a name, if anything.
final class KubernetesFormats {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Map<String, NamedFormat> FORMATS = Map.ofEntries(entry("dns1123Label", 63, LABEL),
            entry("dns1123Subdomain", 253, LABEL + "(\\." + LABEL + ")*"),
            entry("dns1035Label", 63, "[a-z]([-a-z0-9]*[a-z0-9])?"), entry("qualifiedName", 317, "(" + LABEL + "(\\." + LABEL + ")*/)?" + QUALIFIED),
            entry("dns1123LabelPrefix", 63, "[a-z0-9]([-a-z0-9]*)?"), entry("dns1123SubdomainPrefix", 253, "[a-z0-9]([-a-z0-9.]*)?"),
            entry("dns1035LabelPrefix", 63, "[a-z]([-a-z0-9]*)?"), entry("labelValue", 63, "(" + QUALIFIED + ")?"),
            Map.entry("uri", new NamedFormat(text -> WebAddress.find(text).isPresent(), "must be a URI")),
            entry("uuid", 36, "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"), entry("byte", 1 << 20, "[A-Za-z0-9+/]*={0,2}"),
            entry("date", 10, "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"),
            entry("datetime", 64, "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)"));

    private record NamedFormat(Predicate<String> fits, String otherwise) { }

    private KubernetesFormats() { }

    private static Map.Entry<String, NamedFormat> entry(String name, int lengthMax, String pattern) {
        var compiled = Pattern.compile(pattern);
        return Map.entry(name, new NamedFormat(text -> text.length() <= lengthMax && compiled.matcher(text).matches(),
                "must be no more than " + lengthMax + " characters and match '" + pattern + "'"));
    }

    static KubernetesLibrary library() {
        var library = new LibraryBuilder();
        FORMATS.forEach((name, format) -> library.global("format." + name, SimpleType.DYN, _ -> format));
        library.global("format.named", OptionalType.create(SimpleType.DYN), a -> Optional.ofNullable(FORMATS.get((String) a[0])), TEXT);
        library.member("validate", OptionalType.create(SimpleType.DYN), a -> validate(a[0], (String) a[1]), ANY, TEXT);
        return library.build();
    }

    private static Optional<List<String>> validate(Object format, String text) {
        if (!(format instanceof NamedFormat known)) throw new CelException("expected a format");
        return known.fits.test(text) ? Optional.empty() : Optional.of(List.of(known.otherwise));
    }
}
