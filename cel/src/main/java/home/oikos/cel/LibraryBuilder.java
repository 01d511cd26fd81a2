package home.oikos.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Puts a [KubernetesLibrary] together, a function at a time.
final class LibraryBuilder {
    /// What an argument is. Values of a library's own making are any.
    enum Argument {
        TEXT(SimpleType.STRING, String.class), FLAG(SimpleType.BOOL, Boolean.class), WHOLE(SimpleType.INT, Long.class),
        LIST(ListType.create(SimpleType.DYN), List.class), ANY(SimpleType.DYN, Object.class);

        private final CelType type;
        private final Class<?> javaClass;

        Argument(CelType type, Class<?> javaClass) {
            this.type = type;
            this.javaClass = javaClass;
        }
    }

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /// A function called as `name(a, b)`.
    LibraryBuilder global(String name, CelType result, Function<Object[], Object> body, Argument... arguments) {
        return add(name, CelOverloadDecl.newGlobalOverload(id(name, arguments), result, types(arguments)), body, arguments);
    }

    /// A function called as `a.name(b)`; the receiver is the first argument.
    LibraryBuilder member(String name, CelType result, Function<Object[], Object> body, Argument... arguments) {
        return add(name, CelOverloadDecl.newMemberOverload(id("in_" + name, arguments), result, types(arguments)), body, arguments);
    }

    private LibraryBuilder add(String name, CelOverloadDecl overload, Function<Object[], Object> body, Argument... arguments) {
        declared.computeIfAbsent(name, _ -> new ArrayList<>()).add(overload);
        List<Class<?>> classes = new ArrayList<>();
        for (var argument : arguments) classes.add(argument.javaClass);
        bindings.add(CelFunctionBinding.from(overload.overloadId(), classes, body::apply));
        return this;
    }

    private static String id(String name, Argument... arguments) {
        var kinds = Arrays.stream(arguments).map(a -> a.name().toLowerCase(java.util.Locale.ROOT)).toList();
        return "k8s_" + name.replace('.', '_') + "_" + String.join("_", kinds);
    }

    private static List<CelType> types(Argument... arguments) {
        return Arrays.stream(arguments).map(a -> a.type).toList();
    }

    KubernetesLibrary build() {
        var declarations = declared.entrySet().stream().map(e -> CelFunctionDecl.newFunctionDeclaration(e.getKey(), e.getValue())).toList();
        return new KubernetesLibrary(declarations, bindings);
    }
}
