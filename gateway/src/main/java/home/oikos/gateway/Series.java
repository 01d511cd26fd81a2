package home.oikos.gateway;

import home.oikos.api.ObjectKey;

/// The readings of one property of one device.
public record Series(ObjectKey device, String property) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
        int byDevice = device.compareTo(other.device);
        return byDevice != 0 ? byDevice : property.compareTo(other.property);
    }
}
