package home.oikos.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What an expression reads, as far as it can be known without evaluating it.
///
/// @param self the properties of the one device that it is about
/// @param complete false when a device or object is named by something other than a literal: then it may read anything
public record References(Set<DeviceReference> devices, Set<ObjectReference> objects, Set<String> self, boolean complete) {
    public References {
        devices = Set.copyOf(devices);
        objects = Set.copyOf(objects);
        self = Set.copyOf(self);
    }

    /// Whether a change of this property can change the value.
    public boolean touches(String device, String property) {
        if (!complete) return true;
        return devices.stream().anyMatch(read -> read.device().equals(device) && read.property().equals(property));
    }

    static References of(CelNavigableExpr root) {
        var found = new Search();
        root.allNodes().forEach(found::look);
        return new References(found.devices, found.objects, found.self, found.complete);
    }

    private static final class Search {
        final Set<DeviceReference> devices = new LinkedHashSet<>();
        final Set<ObjectReference> objects = new LinkedHashSet<>();
        final Set<String> self = new LinkedHashSet<>();
        boolean complete = true;

        void look(CelNavigableExpr node) {
            if (node.getKind() == CelExpr.ExprKind.Kind.IDENT && node.expr().ident().name().equals(CelEnvironment.SELF)) self(node);
            if (node.getKind() != CelExpr.ExprKind.Kind.CALL || node.expr().call().target().isPresent()) return;
            var call = node.expr().call();
            if (call.function().equals(ContextFunctions.DEVICE)) device(node, call);
            if (call.function().equals(ContextFunctions.OBJECT)) object(call);
        }

        private void self(CelNavigableExpr node) {
            var parent = node.parent().map(CelNavigableExpr::expr).orElse(null);
            if (parent == null) return;
            if (parent.getKind() == CelExpr.ExprKind.Kind.SELECT) self.add(parent.select().field());
            if (parent.getKind() == CelExpr.ExprKind.Kind.CALL && parent.call().function().equals(ContextFunctions.AGE)) {
                Optional.ofNullable(literal(parent.call(), 0)).ifPresent(self::add);
            }
        }

        private void device(CelNavigableExpr node, CelExpr.CelCall call) {
            var name = literal(call, 0);
            var parent = node.parent().map(CelNavigableExpr::expr).orElse(null);
            if (name == null || parent == null) complete = false;
            else if (parent.getKind() == CelExpr.ExprKind.Kind.SELECT) selected(name, node.parent().orElseThrow());
            else if (parent.getKind() == CelExpr.ExprKind.Kind.CALL) called(name, parent.call());
            else complete = false;
        }

        private void selected(String name, CelNavigableExpr select) {
            var field = select.expr().select().field();
            if (!field.equals(DeviceView.DESIRED)) {
                devices.add(new DeviceReference(name, field, DeviceReference.Part.REPORTED));
                return;
            }
            var above = select.parent().map(CelNavigableExpr::expr).filter(e -> e.getKind() == CelExpr.ExprKind.Kind.SELECT);
            if (above.isEmpty()) complete = false;
            else devices.add(new DeviceReference(name, above.get().select().field(), DeviceReference.Part.DESIRED));
        }

        private void called(String name, CelExpr.CelCall call) {
            var argument = literal(call, 0);
            if (call.function().equals(ContextFunctions.AGE) && argument != null) {
                devices.add(new DeviceReference(name, argument, DeviceReference.Part.AGE));
            } else {
                complete = false;
            }
        }

        private void object(CelExpr.CelCall call) {
            String apiVersion = literal(call, 0);
            String kind = literal(call, 1);
            String name = literal(call, 2);
            if (apiVersion == null || kind == null || name == null) complete = false;
            else objects.add(new ObjectReference(apiVersion, kind, name));
        }

        private static String literal(CelExpr.CelCall call, int index) {
            if (call.args().size() <= index || call.args().get(index).getKind() != CelExpr.ExprKind.Kind.CONSTANT) return null;
            var constant = call.args().get(index).constant();
            return constant.getKind() == CelConstant.Kind.STRING_VALUE ? constant.stringValue() : null;
        }
    }
}
