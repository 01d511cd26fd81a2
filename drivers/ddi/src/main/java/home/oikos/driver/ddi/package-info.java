/// Firmware over hawkBit's direct device integration API: devices ask this home whether there is work, fetch images and say how it went.
/// It judges no update and keeps no state that must outlive it; what a device may hear is told through [home.oikos.driver.FirmwareChannel].
/// [DdiChannel] stands before another handler and answers what [Place] says is its own, once [Door] has let the [Caller] in; [Documents] and
/// [Feedback] are the two sides of the conversation as pure functions, [ImageAnswer] copies bytes.
package home.oikos.driver.ddi;
