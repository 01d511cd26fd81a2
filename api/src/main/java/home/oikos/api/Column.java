package home.oikos.api;

/// A column of a Table.
/// @param type     `string`, `integer`, `number`, `boolean` or `date`
/// @param format   `name` for the object's name, else mostly empty
/// @param priority 0 always shown, 1 only in the wide form
/// @param jsonPath where the cell comes from; empty where [TableRows] computes it
public record Column(String name, String type, String format, String description, int priority, String jsonPath) { }
