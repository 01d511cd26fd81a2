package home.oikos.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableMutableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.stream.Collectors;

/// Compiles expressions that may use one set of names and functions. Making one loads the CEL library (23 MB with the AOT cache), so it is
/// made at first use and kept. Immutable; used by any number of threads.
public final class CelEnvironment {
    /// The longest expression; Kubernetes allows no more in practice either, for an object is at most 3 MiB and a rule is read by people.
    static final int EXPRESSION_CODE_POINTS_MAX = 16_384;

    /// How many elements all loops of one evaluation may visit together. At about 100 ns each this is 100 ms.
    static final int ITERATIONS_MAX = 1_000_000;

    static final String SELF = "self";

    static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(EXPRESSION_CODE_POINTS_MAX)
            .comprehensionMaxIterations(ITERATIONS_MAX)
            .enableHeterogeneousNumericComparisons(true)
            .enableQuotedIdentifierSyntax(true)
            .build();

    /// Knows the functions, but no variables.
    private final CelCompiler bare;
    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final ValueForm form;

    private CelEnvironment(CelCompiler bare, CelCompiler compiler, CelRuntime runtime, ValueForm form) {
        this.bare = bare;
        this.compiler = compiler;
        this.runtime = runtime;
        this.form = form;
    }

    /// Sees `device(name)` only: for interlocks and control.
    public static CelEnvironment devices() {
        return home(compiler().addFunctionDeclarations(ContextFunctions.device(), ContextFunctions.age(), ContextFunctions.is()));
    }

    /// Sees `device(name)` and `object(apiVersion, kind, name)`: for reactions.
    public static CelEnvironment workloads() {
        return home(compiler().addFunctionDeclarations(ContextFunctions.device(), ContextFunctions.age(), ContextFunctions.is(),
                ContextFunctions.object()));
    }

    /// Sees what reactions see, and one device as `self`: for the gates and the health of a rollout.
    public static CelEnvironment aboutDevice() {
        return home(compiler().addFunctionDeclarations(ContextFunctions.device(), ContextFunctions.age(), ContextFunctions.is(),
                ContextFunctions.object()).addVar(SELF, SimpleType.DYN));
    }

    /// Sees `self` and `oldSelf`, and the functions that Kubernetes offers to the rules of a CustomResourceDefinition.
    public static CelEnvironment validation() {
        return validation(List.of("self", "oldSelf"));
    }

    /// Sees these variables, untyped, and the functions that Kubernetes offers.
    public static CelEnvironment validation(List<String> variables) {
        var compiler = compiler();
        var runtime = runtime();
        compiler.addLibraries(CelExtensions.comprehensions());
        runtime.addLibraries(CelExtensions.comprehensions());
        KubernetesLibrary.all().forEach(library -> library.addTo(compiler, runtime));
        var bare = compiler.build();
        var named = bare.toCompilerBuilder();
        for (var name : variables) named.addVar(name, SimpleType.DYN);
        return new CelEnvironment(bare, named.build(), runtime.build(), ValueForm.TYPED);
    }

    /// Checks the rules that stand at one place of a schema.
    public TypeCheck check(ValueType self, boolean optionalOldSelf) {
        return new TypeCheck(bare, self, optionalOldSelf);
    }

    private static CelEnvironment home(CelCompilerBuilder compiler) {
        var runtime = runtime().addFunctionBindings(ContextFunctions.onDevices())
                .addLateBoundFunctions(ContextFunctions.DEVICE, ContextFunctions.OBJECT);
        var built = compiler.build();
        return new CelEnvironment(built, built, runtime.build(), ValueForm.DECIMAL);
    }

    private static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS).setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(), CelExtensions.math(), CelExtensions.bindings(), CelExtensions.sets(OPTIONS),
                        CelExtensions.optional());
    }

    private static CelRuntimeBuilder runtime() {
        return CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings(), CelExtensions.math(), CelExtensions.sets(OPTIONS), CelExtensions.optional());
    }

    /// @throws CelException when the expression is no CEL, or uses a name or function that is not there
    public CelProgram compile(String expression) {
        try {
            var tree = checked(parsed(expression));
            var references = References.of(CelNavigableAst.fromAst(tree).getRoot());
            return new CelProgram(expression, runtime.createProgram(tree), references, form, tree.getResultType().name());
        } catch (CelValidationException | CelEvaluationException unexpected) {
            throw new CelException(unexpected.getMessage(), unexpected);
        }
    }

    private CelAbstractSyntaxTree parsed(String expression) throws CelValidationException {
        var tree = valid(compiler.parse(expression), expression);
        return form == ValueForm.DECIMAL ? withDecimals(tree) : tree;
    }

    private CelAbstractSyntaxTree checked(CelAbstractSyntaxTree tree) throws CelValidationException {
        return valid(compiler.check(tree), "");
    }

    /// Every whole number in the text becomes a double, as every number an expression about the home reads is one.
    private static CelAbstractSyntaxTree withDecimals(CelAbstractSyntaxTree tree) {
        var changed = CelMutableAst.fromCelAst(tree);
        CelNavigableMutableAst.fromAst(changed).getRoot().allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
                .map(node -> node.expr())
                .filter(constant -> constant.constant().getKind() == CelConstant.Kind.INT64_VALUE)
                .forEach(constant -> constant.setConstant(CelConstant.ofValue((double) constant.constant().int64Value())));
        return changed.toParsedAst();
    }

    private static CelAbstractSyntaxTree valid(CelValidationResult result, String expression) throws CelValidationException {
        if (!result.hasError()) return result.getAst();
        var report = result.getErrorString();
        throw new CelException(result.getErrors().stream()
                .map(error -> "at character " + (error.getSourceLocation().getColumn() + 1) + ": " + error.getMessage())
                .distinct().collect(Collectors.joining("; ")), report);
    }
}
