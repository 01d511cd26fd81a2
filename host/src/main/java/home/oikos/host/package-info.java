/// This machine's kernel and tools: nftables, mounts, namespaces, cgroups, processes, packages; one small typed call per tool.
/// The only room that runs commands as root, and it decides nothing. Every effect is listed and reversible.
package home.oikos.host;
