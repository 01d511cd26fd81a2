/// Every built-in kind as data, and the JSON tree all kinds are made of. It holds no behaviour of a server and opens no
/// socket. A schema describes a tree of [Json]; what walks such a tree walks it with the schema beside it.
package home.oikos.api;
