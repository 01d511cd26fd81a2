/// The revisioned log. Knows keys and bytes, not kinds. [Store] is written by one thread; a [Snapshot] is immutable.
package home.oikos.store;
