package home.oikos.client;

/// What goes with every write of a client.
record WriteOptions(String fieldManager, boolean dryRun) {
    static final WriteOptions DEFAULT = new WriteOptions("oikos", false);

    Query on(Query query) {
        return query.with("fieldManager", fieldManager).with("dryRun", dryRun ? "All" : "");
    }
}
