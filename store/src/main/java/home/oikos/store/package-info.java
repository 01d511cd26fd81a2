/// The revisioned log. Knows keys and bytes, not kinds, and never parses a value. [LogStore] owns the one [Writer], which decides
/// what waits in the [Inbox], appends it to the [Log], and publishes a new immutable [State]: a [Tree] of the newest versions and a
/// [History] of recent events, which readers use without a lock. A [Snapshotter] shortens the log in the background, and [Recovery]
/// reads everything back through a [Disk].
package home.oikos.store;
