package home.oikos.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypeCheckTest {
    private record Type(Kind kind, String plain, Map<String, Type> fields, Type items) implements ValueType {
        static Type plain(String name) {
            return new Type(Kind.PLAIN, name, Map.of(), null);
        }

        @Override
        public ValueType member(String name) {
            return kind == Kind.MAP ? items : fields.get(name);
        }

        @Override
        public Set<String> members() {
            return fields.keySet();
        }
    }

    private static final Type SPEC = new Type(ValueType.Kind.OBJECT, "", Map.of("n", Type.plain("integer"), "s", Type.plain("string"),
            "a-b", Type.plain("boolean"), "any", Type.plain(""), "list", new Type(ValueType.Kind.LIST, "", Map.of(), Type.plain("integer")),
            "map", new Type(ValueType.Kind.MAP, "", Map.of(), Type.plain("string"))), null);

    private static String type(String expression) {
        return CelEnvironment.validation().check(SPEC, false).typeOf(expression);
    }

    @Test
    void whatFitsTheSchemaHasItsType() {
        assertEquals("bool", type("self.n > 1 && self.s.startsWith('a') && self.a__dash__b"));
        assertEquals("bool", type("self.list.all(x, x > 0) && self.list.sum() > 3 && self.map.exists(k, self.map[k] == 'x')"));
        assertEquals("bool", type("has(self.n) && oldSelf.n == self.n && quantity(self.s).isGreaterThan(quantity('1'))"));
        assertEquals("int", type("self.n"));
        assertEquals("bool", type("self.any == 3 || self.any == 'x'"));
    }

    @Test
    void anOldValueThatMayBeAbsentIsAskedFirst() {
        assertEquals("bool", CelEnvironment.validation().check(SPEC, true).typeOf("oldSelf.hasValue() || self.n == 1"));
    }

    @Test
    void whatDoesNotFitIsShownWithItsPlace() {
        assertEquals("ERROR: <input>:1:5: undefined field 'missing'\n | self.missing > 1\n | ....^",
                assertThrows(CelException.class, () -> type("self.missing > 1")).getMessage());
        assertEquals("ERROR: <input>:1:8: found no matching overload for '_>_' applied to '(int, string)'\n | self.n > ''\n | .......^",
                assertThrows(CelException.class, () -> type("self.n > ''")).getMessage());
    }
}
