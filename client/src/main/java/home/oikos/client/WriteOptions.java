package home.oikos.client;

/// What goes with every write of a client.
/// @param relaxed a status of these writes may be lost to a power cut; only our own API server understands it
record WriteOptions(String fieldManager, boolean dryRun, boolean relaxed) {
    static final WriteOptions DEFAULT = new WriteOptions("oikos", false, false);

    Query on(Query query) {
        return query.with("fieldManager", fieldManager).with("dryRun", dryRun ? "All" : "").with("durability", relaxed ? "Relaxed" : "");
    }
}
