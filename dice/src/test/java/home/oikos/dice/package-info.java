/// Checks of the dice: known answers of SP 800-90B, lives of sources, streams that go wrong in every way. Nothing here is used by the home.
/// [Streams] makes the streams, [FakeStream] is a source whose plug a test pulls.
package home.oikos.dice;
