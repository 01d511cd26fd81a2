package home.oikos.cel;

import static home.oikos.cel.LibraryBuilder.Argument.ANY;
import static home.oikos.cel.LibraryBuilder.Argument.TEXT;

import dev.cel.common.types.SimpleType;

/// `ip("10.0.0.1")`, `cidr("10.0.0.0/8")` and `url("https://host/path")`.
final class KubernetesAddresses {
    private KubernetesAddresses() { }

    static KubernetesLibrary library() {
        var library = new LibraryBuilder();
        addresses(library);
        blocks(library);
        urls(library);
        return library.build();
    }

    private static void addresses(LibraryBuilder library) {
        library.global("ip", SimpleType.DYN, a -> IpAddress.parse((String) a[0]), TEXT);
        library.global("isIP", SimpleType.BOOL, a -> IpAddress.find((String) a[0]).isPresent(), TEXT);
        library.global("ip.isCanonical", SimpleType.BOOL, a -> IpAddress.parse((String) a[0]).toString().equals(a[0]), TEXT);
        library.member("family", SimpleType.INT, a -> (long) address(a[0]).family(), ANY);
        library.member("isUnspecified", SimpleType.BOOL, a -> address(a[0]).address().isAnyLocalAddress(), ANY);
        library.member("isLoopback", SimpleType.BOOL, a -> address(a[0]).address().isLoopbackAddress(), ANY);
        library.member("isLinkLocalMulticast", SimpleType.BOOL, a -> address(a[0]).isLinkLocalMulticast(), ANY);
        library.member("isLinkLocalUnicast", SimpleType.BOOL, a -> address(a[0]).address().isLinkLocalAddress(), ANY);
        library.member("isGlobalUnicast", SimpleType.BOOL, a -> address(a[0]).isGlobalUnicast(), ANY);
    }

    private static void blocks(LibraryBuilder library) {
        library.global("cidr", SimpleType.DYN, a -> IpBlock.parse((String) a[0]), TEXT);
        library.global("isCIDR", SimpleType.BOOL, a -> IpBlock.find((String) a[0]).isPresent(), TEXT);
        library.member("containsIP", SimpleType.BOOL, a -> block(a[0]).contains(a[1] instanceof String text ? IpAddress.parse(text) : address(a[1])), ANY, ANY);
        library.member("containsCIDR", SimpleType.BOOL, a -> block(a[0]).contains(a[1] instanceof String text ? IpBlock.parse(text) : block(a[1])), ANY, ANY);
        library.member("ip", SimpleType.DYN, a -> block(a[0]).address(), ANY);
        library.member("prefixLength", SimpleType.INT, a -> (long) block(a[0]).prefixLength(), ANY);
        library.member("masked", SimpleType.DYN, a -> block(a[0]).masked(), ANY);
    }

    private static void urls(LibraryBuilder library) {
        library.global("url", SimpleType.DYN, a -> WebAddress.parse((String) a[0]), TEXT);
        library.global("isURL", SimpleType.BOOL, a -> WebAddress.find((String) a[0]).isPresent(), TEXT);
        library.member("getScheme", SimpleType.STRING, a -> url(a[0]).scheme(), ANY);
        library.member("getHost", SimpleType.STRING, a -> url(a[0]).host(), ANY);
        library.member("getHostname", SimpleType.STRING, a -> url(a[0]).hostname(), ANY);
        library.member("getPort", SimpleType.STRING, a -> url(a[0]).port(), ANY);
        library.member("getEscapedPath", SimpleType.STRING, a -> url(a[0]).escapedPath(), ANY);
        library.member("getQuery", SimpleType.DYN, a -> url(a[0]).query(), ANY);
    }

    private static IpAddress address(Object value) {
        if (value instanceof IpAddress address) return address;
        throw new CelException("expected an IP address");
    }

    private static IpBlock block(Object value) {
        if (value instanceof IpBlock block) return block;
        throw new CelException("expected a CIDR");
    }

    private static WebAddress url(Object value) {
        if (value instanceof WebAddress url) return url;
        throw new CelException("expected a URL");
    }
}
