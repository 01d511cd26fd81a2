/// One Main per program: the only place where things are wired together.
/// It holds no logic of its own. Each program opens its parts in order and closes them in reverse.
package home.oikos.dist;
