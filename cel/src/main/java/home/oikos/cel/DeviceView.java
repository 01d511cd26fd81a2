package home.oikos.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.Optional;

/// A device, or its wanted side, as an expression sees it: every name may be asked for, and the answer may be an error in words.
final class DeviceView extends CelValue implements SelectableValue<String> {
    static final String DESIRED = "desired";

    final DeviceValues device;
    private final ValueForm form;
    private final boolean wanted;

    DeviceView(DeviceValues device, ValueForm form) {
        this(device, form, false);
    }

    private DeviceView(DeviceValues device, ValueForm form, boolean wanted) {
        this.device = device;
        this.form = form;
        this.wanted = wanted;
    }

    @Override
    public Object select(String property) {
        if (wanted) return form.cel(device.desired(property));
        if (property.equals(DESIRED)) return new DeviceView(device, form, true);
        return form.cel(device.reported(property));
    }

    /// Asked by `has(device("n").p)`, for which a missing or stale value is an error too: an interlock cannot be talked out of one.
    @Override
    public Optional<Object> find(String property) {
        return Optional.of(select(property));
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return false;
    }

    @Override
    public CelType celType() {
        return SimpleType.DYN;
    }
}
