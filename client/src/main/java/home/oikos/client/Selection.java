package home.oikos.client;

/// Which objects of a kind a list or watch is about. Empty selectors select all.
public record Selection(String labelSelector, String fieldSelector) {
    public static final Selection ALL = new Selection("", "");

    public static Selection labels(String labelSelector) {
        return new Selection(labelSelector, "");
    }

    public static Selection fields(String fieldSelector) {
        return new Selection("", fieldSelector);
    }
}
