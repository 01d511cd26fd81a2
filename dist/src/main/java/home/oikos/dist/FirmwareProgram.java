package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resource;
import home.oikos.firmware.Firmware;
import home.oikos.firmware.SigningKey;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `firmware push FILE --model M --version V --sign KEY`: an image for devices. `key FILE --model M`: a key to sign with, which the model believes from then
/// on. `sign NAME --sign KEY`: one more signature. `statement FILE ...`: what is signed, for other tools. `list`, `show NAME`, `delete NAME`.
@Command(name = "firmware")
final class FirmwareProgram implements Callable<Integer> {
    private static final Resource MODELS = Resource.clusterScoped(HomeKinds.GROUP_VERSION, "devicemodels", "DeviceModel");

    @Mixin
    private final Home home;
    private final Screen screen;
    @Mixin
    private final FirmwareOptions options = new FirmwareOptions();

    @Parameters(index = "0", paramLabel = "push|list|show|delete|key|sign|statement")
    private String what;
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE|NAME")
    private String subject = "";

    FirmwareProgram(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        try {
            switch (what) {
                case "push" -> push();
                case "list" -> FirmwareShelf.list(home.client().list(Firmware.RESOURCE, options.namespace()), screen.out());
                case "show" -> FirmwareShelf.show(home.client().get(Firmware.RESOURCE, named()), screen.out());
                case "delete" -> delete();
                case "key" -> key(Path.of(subject("FILE")));
                case "sign" -> sign(home.client().get(Firmware.RESOURCE, named()));
                case "statement" -> screen.out().print(options.described(file()).statement());
                default -> throw Refusal.usage("firmware knows push, list, show, delete, key, sign and statement, not " + what);
            }
            screen.out().flush();
            return 0;
        } catch (GeneralSecurityException wrong) {
            throw new Refusal(wrong.getMessage());
        }
    }

    private String subject(String of) {
        if (subject.isEmpty()) throw Refusal.usage("firmware %s: expected a %s".formatted(what, of));
        return subject;
    }

    private ObjectKey named() {
        return new ObjectKey(options.namespace(), subject("NAME"));
    }

    private Path file() {
        var file = Path.of(subject("FILE"));
        if (!Files.isRegularFile(file)) throw new Refusal("there is no file " + file);
        return file;
    }

    private Json model(String name) {
        return home.client().find(MODELS, ObjectKey.clusterScoped(name)).orElseThrow(() -> new Refusal("there is no DeviceModel " + name));
    }

    private void push() throws IOException, GeneralSecurityException {
        var file = file();
        var bare = options.described(file);
        var firmware = bare.signedBy(options.signed(bare, model(bare.modelName()).at("spec", "firmware")));
        var object = options.notes().isEmpty() ? firmware.toJson() : firmware.toJson().withAt(options.notes(), "spec", "notes");
        var upload = new Upload(screen, home.clock(), firmware.sizeBytes());
        boolean sent = new FirmwarePush(home.client()).push(object, () -> upload.watch(Files.newInputStream(file)));
        screen.out().println("%s %s: %s, %s".formatted(firmware.key().name(), sent ? "is here" : "was here already", FirmwareShelf.size(firmware.sizeBytes()),
                by(firmware)));
        if (!options.signs()) screen.out().println("  no device gets it before that: ./oikos firmware sign %s --sign KEY".formatted(firmware.key().name()));
    }

    private static String by(Firmware firmware) {
        if (firmware.signatures().isEmpty()) return "signed by nobody";
        return "signed by " + firmware.signatures().stream().map(Firmware.Signed::keyId).collect(Collectors.joining(" and "));
    }

    private void sign(Json object) throws IOException, GeneralSecurityException {
        if (!options.signs()) throw Refusal.usage("firmware sign: expected --sign KEY");
        var firmware = Firmware.read(object);
        var all = new ArrayList<>(options.signed(firmware, model(firmware.modelName()).at("spec", "firmware")));
        var fresh = all.stream().map(Firmware.Signed::keyId).collect(Collectors.toSet());
        firmware.signatures().stream().filter(known -> !fresh.contains(known.keyId())).forEach(all::add);
        var more = firmware.signedBy(all);
        home.client().update(Firmware.RESOURCE, object.object().withAt(more.toJson().at("spec", "signatures"), "spec", "signatures"));
        screen.out().println("%s is %s".formatted(subject, by(more)));
    }

    private void delete() {
        home.client().delete(Firmware.RESOURCE, named(), DeleteOptions.DEFAULT);
        screen.out().println("%s is gone; its bytes follow in an hour, unless another Firmware names them.".formatted(subject));
    }

    /// The model is asked first: a key that nobody believes is not worth a file.
    private void key(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) throw new Refusal(file + " is there already; a key overwrites nothing");
        var key = SigningKey.generate(new SecureRandom());
        var listed = key.listed(options.keyId(file));
        if (!options.model().isEmpty()) believe(listed);
        SecretFile.write(file, key.pem().getBytes(StandardCharsets.US_ASCII));
        screen.out().println("%s signs firmware from now on; keep it where the home is not.".formatted(file));
        screen.out().println(options.model().isEmpty() ? "  a model believes it when this is among its spec.firmware.keys:\n" + listed
                : "  model %s believes it as %s".formatted(options.model(), listed.at("keyId").text("")));
    }

    private void believe(Json listed) {
        var object = model(options.model());
        var block = object.at("spec", "firmware");
        var keyId = listed.at("keyId").text("");
        if (block.isNull()) throw new Refusal("model %s says no way by which firmware reaches its devices (spec.firmware.channel)".formatted(options.model()));
        if (block.at("keys").array().stream().anyMatch(each -> each.at("keyId").text("").equals(keyId))) {
            throw new Refusal("model %s knows a key %s already; --key-id gives this one another name".formatted(options.model(), keyId));
        }
        home.client().update(MODELS, object.object().withAt(block.at("keys").array().with(listed), "spec", "firmware", "keys"));
    }
}
