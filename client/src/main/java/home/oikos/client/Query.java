package home.oikos.client;

/// The query of a request, grown parameter by parameter.
record Query(String text) {
    static final Query NONE = new Query("");

    static Query of(Selection selection) {
        return NONE.with("labelSelector", selection.labelSelector()).with("fieldSelector", selection.fieldSelector());
    }

    /// This with one more parameter; an empty value leaves it out.
    Query with(String name, Object value) {
        var written = String.valueOf(value);
        if (written.isEmpty()) return this;
        return new Query(text + (text.isEmpty() ? "" : "&") + name + "=" + Resource.escape(written));
    }

    String on(String path) {
        return text.isEmpty() ? path : path + "?" + text;
    }
}
