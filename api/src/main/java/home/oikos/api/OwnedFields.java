package home.oikos.api;

/// One entry of `metadata.managedFields`.
/// @param time when the manager last took a field; a `Time` text, or empty
record OwnedFields(FieldOwner manager, String time, FieldSet fields) {
    OwnedFields withFields(FieldSet fields) {
        return new OwnedFields(manager, time, fields);
    }

    static OwnedFields of(Json entry) {
        return new OwnedFields(new FieldOwner(entry.at("manager").text(""), entry.at("operation").text("").equals("Apply"),
                entry.at("apiVersion").text(""), entry.at("subresource").text("")), entry.at("time").text(""),
                        FieldSet.of(entry.at("fieldsV1")));
    }

    JsonObject toJson() {
        return JsonObject.of("manager", ApiStatus.present(manager.name()), "operation", manager.operation(), "apiVersion",
                manager.apiVersion(),
                "time", ApiStatus.present(time), "fieldsType", "FieldsV1", "fieldsV1", fields.toJson(),
                "subresource", ApiStatus.present(manager.subresource()));
    }
}
