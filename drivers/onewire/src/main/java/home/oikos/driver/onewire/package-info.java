/// 1-Wire thermometers and other sensors behind an owserver (owfs.org), over TCP. It knows no bus and no kernel driver: owserver does, and here it is
/// only asked. [OneWireDriver] holds a [Bus] for each owserver that a Device names, and a [Bus] asks it through an [OwServer] for what its [Probe]s want.
package home.oikos.driver.onewire;
