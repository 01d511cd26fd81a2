/// Sensors that post their readings over HTTP: today the iSpindel. It asks nobody and switches nothing. [HttpDriver] opens a [Door] while a Device
/// asks for one; the [Desk] behind it says what becomes of each post, by the [Sender]s it knows and by what an [Ispindel] says.
package home.oikos.driver.http;
