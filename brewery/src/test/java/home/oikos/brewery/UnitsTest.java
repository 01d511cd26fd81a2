package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test void twelvePlatoIsAboutTenFortyEight() {
        assertEquals(48.4, Units.pointsOfPlato(12), 0.1);
        assertEquals(0, Units.pointsOfPlato(0), 1e-9);
    }

    @Test void fahrenheitIsConverted() {
        assertEquals(20, Units.celsiusOfFahrenheit(68), 1e-9);
    }

    @Test void alcoholIsThatOfTheRuleOfThumb() {
        assertEquals(4.7, Units.abv(48, 12), 0.05);
        assertEquals(0, Units.abv(48, 50), 0);
    }

    @Test void aNumberThatIsNoneIsNeitherGravityNorBeer() {
        assertFalse(Units.isGravity(Double.NaN));
        assertFalse(Units.isBeer(Double.NaN));
        assertTrue(Units.isGravity(Units.points(0.998)));
        assertFalse(Units.isGravity(Units.points(12)));
        assertFalse(Units.isBeer(66));
    }

    @Test void aZeroHasNoSign() {
        assertEquals("0.0", Units.one(-0.01));
        assertEquals("1.0183", Units.sg(18.3));
    }
}
