package home.oikos.cel;

import home.oikos.api.JsonArray;
import java.util.AbstractList;

/// A JSON array as an expression sees it.
final class ListView extends AbstractList<Object> {
    final JsonArray array;
    private final ValueForm form;

    ListView(JsonArray array, ValueForm form) {
        this.array = array;
        this.form = form;
    }

    @Override
    public Object get(int index) {
        if (index < 0 || index >= array.size()) throw new IndexOutOfBoundsException(index);
        return form.cel(array.at(index));
    }

    @Override
    public int size() {
        return array.size();
    }
}
