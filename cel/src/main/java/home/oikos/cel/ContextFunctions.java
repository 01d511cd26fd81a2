package home.oikos.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelLateFunctionBindings;
import java.util.List;

/// `device(name)` and `object(apiVersion, kind, name)`, whose answers depend on the context, and the functions on a device.
final class ContextFunctions {
    static final String DEVICE = "device";
    static final String OBJECT = "object";
    static final String AGE = "age";
    static final String IS = "is";

    private ContextFunctions() { }

    static CelFunctionDecl device() {
        return CelFunctionDecl.newFunctionDeclaration(DEVICE,
                CelOverloadDecl.newGlobalOverload("device_string", SimpleType.DYN, SimpleType.STRING));
    }

    static CelFunctionDecl object() {
        return CelFunctionDecl.newFunctionDeclaration(OBJECT, CelOverloadDecl.newGlobalOverload("object_string_string_string",
                SimpleType.DYN, SimpleType.STRING, SimpleType.STRING, SimpleType.STRING));
    }

    static CelFunctionDecl age() {
        return CelFunctionDecl.newFunctionDeclaration(AGE,
                CelOverloadDecl.newMemberOverload("device_age", SimpleType.DURATION, SimpleType.DYN, SimpleType.STRING));
    }

    static CelFunctionDecl is() {
        return CelFunctionDecl.newFunctionDeclaration(IS,
                CelOverloadDecl.newMemberOverload("device_is", SimpleType.BOOL, SimpleType.DYN, SimpleType.STRING));
    }

    /// The functions that need no context: the device they are asked of carries it.
    static List<CelFunctionBinding> onDevices() {
        return List.of(
                CelFunctionBinding.from("device_age", Object.class, String.class, (of, property) -> view(of).device.age(property)),
                CelFunctionBinding.from("device_is", Object.class, String.class, (of, condition) -> view(of).device.is(condition)));
    }

    private static DeviceView view(Object of) {
        if (of instanceof DeviceView view) return view;
        throw new CelException("age() and is() are for a device");
    }

    static CelFunctionResolver of(CelContext context, ValueForm form) {
        return CelLateFunctionBindings.from(List.of(
                CelFunctionBinding.from("device_string", String.class, name -> new DeviceView(context.devices().find(name), form)),
                CelFunctionBinding.from("object_string_string_string", List.of(String.class, String.class, String.class),
                        named -> form.cel(context.objects().find((String) named[0], (String) named[1], (String) named[2])))));
    }
}
