package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormTest {
    @ParameterizedTest @CsvSource({"070702, .swu", "070701, .swu", "hsqs, .raucb", "07070, .bin", "{\"model\", .bin"})
    void anImageIsNamedForWhatItBeginsWith(String start, String suffix) {
        assertEquals(suffix, ImageForm.suffix(start.getBytes(StandardCharsets.US_ASCII)));
    }
}
