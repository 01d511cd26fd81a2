package home.oikos.cel;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// A JSON object as an expression sees it.
final class MapView extends AbstractMap<String, Object> {
    final JsonObject object;
    private final ValueForm form;

    MapView(JsonObject object, ValueForm form) {
        this.object = object;
        this.form = form;
    }

    @Override
    public Object get(Object name) {
        return name instanceof String text && object.has(text) ? form.cel(object.at(text)) : null;
    }

    @Override
    public boolean containsKey(Object name) {
        return name instanceof String text && object.has(text);
    }

    @Override
    public int size() {
        return object.size();
    }

    @Override
    public Set<String> keySet() {
        return object.names();
    }

    /// Light, for the library walks an object's members each time it passes one on.
    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return object.members().entrySet().stream().map(MapView.this::entry).iterator();
            }

            @Override
            public int size() {
                return object.size();
            }
        };
    }

    private Map.Entry<String, Object> entry(Map.Entry<String, Json> member) {
        return Map.entry(member.getKey(), form.cel(member.getValue()));
    }
}
