package home.oikos.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import java.util.List;

/// A group of functions that Kubernetes adds to CEL: what the checker knows of them and what they do.
/// Source: k8s.io/apiserver/pkg/cel/library, described in kubernetes.io/docs/reference/using-api/cel.
record KubernetesLibrary(List<CelFunctionDecl> declarations, List<CelFunctionBinding> bindings) {
    KubernetesLibrary {
        declarations = List.copyOf(declarations);
        bindings = List.copyOf(bindings);
    }

    static List<KubernetesLibrary> all() {
        return List.of(KubernetesQuantities.library(), KubernetesAddresses.library(), KubernetesTexts.library(), KubernetesFormats.library());
    }

    void addTo(CelCompilerBuilder compiler, CelRuntimeBuilder runtime) {
        compiler.addFunctionDeclarations(declarations);
        runtime.addFunctionBindings(bindings);
    }
}
