package home.oikos.cri;

/// An image's full name, as containerd keeps it: `nginx` means `docker.io/library/nginx:latest` everywhere in this world.
record ImageName(String full) {
    static ImageName of(String name) {
        var withDomain = hasDomain(name) ? name : "docker.io/" + (name.contains("/") ? name : "library/" + name);
        int lastSlash = withDomain.lastIndexOf('/');
        boolean tagged = withDomain.indexOf(':', lastSlash) >= 0 || withDomain.contains("@");
        return new ImageName(tagged ? withDomain : withDomain + ":latest");
    }

    /// The first part is a host when it could be one: it has a dot or a port, or is localhost.
    private static boolean hasDomain(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) return false;
        var first = name.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }
}
