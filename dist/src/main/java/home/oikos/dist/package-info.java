/// One Main per program: the only place where things are wired together. It holds no logic of its own: each program opens its
/// parts in order and closes them in reverse. [Main] finds the program; [HomeServer] is the house as a whole.
package home.oikos.dist;
