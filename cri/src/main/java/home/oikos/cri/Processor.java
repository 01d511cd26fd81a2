package home.oikos.cri;

/// What our images run on: x86-64 and aarch64 are equals.
enum Processor {
    AMD64("amd64", 62), ARM64("arm64", 183);

    private final String ociName;
    private final int elfMachine;

    Processor(String ociName, int elfMachine) {
        this.ociName = ociName;
        this.elfMachine = elfMachine;
    }

    String ociName() {
        return ociName;
    }

    int elfMachine() {
        return elfMachine;
    }

    static Processor ofThisMachine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> AMD64;
            case "aarch64", "arm64" -> ARM64;
            case String other -> throw new IllegalStateException("no images can be made for a " + other + " processor");
        };
    }
}
