package home.oikos.store;

/// Stands for encryption: what it seals is longer, and only it can read it.
record MirrorSeal() implements Seal {
    @Override
    public byte[] seal(String key, byte[] value) {
        var sealed = new byte[value.length + 1];
        for (int i = 0; i < value.length; i++) sealed[value.length - i] = (byte) ~value[i];
        return sealed;
    }

    @Override
    public byte[] open(String key, byte[] sealed) {
        var value = new byte[sealed.length - 1];
        for (int i = 0; i < value.length; i++) value[i] = (byte) ~sealed[value.length - i];
        return value;
    }
}
