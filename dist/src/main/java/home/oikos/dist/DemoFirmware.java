package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.cli.Home;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.firmware.Firmware;
import home.oikos.firmware.SigningKey;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/// The images of the demo home, signed by a key that is made here: whoever has a copy of Oikos has none that this home would believe.
final class DemoFirmware {
    private static final Resource MODELS = Resource.clusterScoped(HomeKinds.GROUP_VERSION, "devicemodels", "DeviceModel");
    private static final String KEY = "keys/demo-firmware";

    private final ApiClient client;
    private final SigningKey key;

    private DemoFirmware(ApiClient client, SigningKey key) {
        this.client = client;
        this.key = key;
    }

    static DemoFirmware of(Home home) throws IOException, GeneralSecurityException {
        var file = home.data().resolve(KEY);
        if (!Files.exists(file)) SecretFile.write(file, SigningKey.generate(new SecureRandom()).pem().getBytes(StandardCharsets.US_ASCII));
        return new DemoFirmware(home.client().fieldManager("oikos-demo"), new SigningKey(Files.readString(file)));
    }

    void apply() throws IOException, GeneralSecurityException {
        var images = Yaml.parseAll(new String(read("firmware.yaml").readAllBytes(), StandardCharsets.UTF_8));
        var believed = JsonObject.of("keys", new JsonArray(List.of(key.listed("demo"))));
        for (var model : images.stream().map(image -> image.at("spec", "modelName").text("")).distinct().toList()) believe(model, believed);
        for (var image : images) push(image, believed);
    }

    private void believe(String model, JsonObject block) {
        client.apply(MODELS, JsonObject.of("apiVersion", HomeKinds.GROUP_VERSION, "kind", "DeviceModel", "metadata", JsonObject.of("name", model),
                "spec", JsonObject.of("firmware", block)), true);
    }

    private void push(Json image, JsonObject block) throws IOException, GeneralSecurityException {
        var firmware = Firmware.read(image);
        var signed = firmware.signedBy(List.of(key.sign(firmware, block))).toJson().withAt(image.at("spec", "notes"), "spec", "notes");
        new FirmwarePush(client).push(signed, () -> read("firmware/" + firmware.key().name() + ".json"));
    }

    private static InputStream read(String name) throws IOException {
        var in = DemoFirmware.class.getResourceAsStream("/blueprints/" + name);
        if (in == null) throw new IOException("blueprint " + name + " is not in this build");
        return in;
    }
}
