package home.oikos.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Finds what does not fit in a rule before anything is checked by it: members that the schema does not have, and values compared that
/// cannot be. It makes nothing runnable, and is thrown away after the definition is written. One thread uses it.
public final class TypeCheck {
    private final Map<String, CelType> structs = new LinkedHashMap<>();
    private final CelCompiler compiler;

    TypeCheck(CelCompiler base, ValueType self, boolean optionalOldSelf) {
        var type = type(self);
        var structs = this.structs;
        compiler = base.toCompilerBuilder().setTypeProvider(new CelTypeProvider() {
            @Override
            public ImmutableList<CelType> types() {
                return ImmutableList.copyOf(structs.values());
            }

            @Override
            public java.util.Optional<CelType> findType(String name) {
                return java.util.Optional.ofNullable(structs.get(name));
            }
        }).addVar("self", type).addVar("oldSelf", optionalOldSelf ? OptionalType.create(type) : type).build();
    }

    /// The name of the type that an expression has: `bool`, `string`, `dyn` where it may be any.
    /// @throws CelException in the words of the compiler, with the place
    public String typeOf(String expression) {
        try {
            var parsed = valid(compiler.parse(expression), expression);
            return valid(compiler.check(parsed), expression).getResultType().name();
        } catch (CelValidationException e) {
            throw new CelException(e.getMessage(), e);
        }
    }

    private static dev.cel.common.CelAbstractSyntaxTree valid(CelValidationResult result, String text) throws CelValidationException {
        if (!result.hasError()) return result.getAst();
        throw new CelException(result.getErrors().stream().map(issue -> told(issue, text)).collect(Collectors.joining("\n")));
    }

    /// As people know it: the line, and a mark below the place.
    private static String told(CelIssue issue, String text) {
        int line = issue.getSourceLocation().getLine();
        int column = issue.getSourceLocation().getColumn();
        var lines = text.split("\n", -1);
        var shown = line >= 1 && line <= lines.length ? lines[line - 1] : text;
        // Which overloads there are, upstream does not say.
        var message = issue.getMessage().split(" \\(candidates: ", 2)[0];
        return "ERROR: <input>:" + line + ":" + (column + 1) + ": " + message + "\n | " + shown + "\n | "
                + ".".repeat(Math.max(column, 0)) + "^";
    }

    private CelType type(ValueType value) {
        if (value == null) return SimpleType.DYN;
        return switch (value.kind()) {
            case DOUBLE -> SimpleType.DOUBLE;
            case BYTES -> SimpleType.BYTES;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case LIST -> ListType.create(type(value.items()));
            case MAP -> MapType.create(SimpleType.STRING, type(value.member("")));
            case OBJECT -> object(value);
            case PLAIN -> switch (value.plain()) {
                case "string" -> SimpleType.STRING;
                case "integer" -> SimpleType.INT;
                case "boolean" -> SimpleType.BOOL;
                default -> SimpleType.DYN;
            };
        };
    }

    private CelType object(ValueType value) {
        var fields = new LinkedHashMap<String, CelType>();
        for (var name : value.members()) fields.put(TypedValues.escaped(name), type(value.member(name)));
        if (value.isWholeObject()) {
            fields.putIfAbsent("apiVersion", SimpleType.STRING);
            fields.putIfAbsent("kind", SimpleType.STRING);
            fields.put("metadata", struct(Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING)));
        }
        return struct(fields);
    }

    private CelType struct(Map<String, ? extends CelType> fields) {
        var name = "object" + structs.size();
        var type = StructType.create(name, ImmutableSet.copyOf(fields.keySet()),
                field -> java.util.Optional.ofNullable((CelType) fields.get(field)));
        structs.put(name, type);
        return type;
    }
}
