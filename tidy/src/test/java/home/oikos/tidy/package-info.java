/// Reads the tree and checks what the house style can say for certain. It runs nothing of the project.
/// [TidyTest] asks the questions; [Tree] and [Source] answer them from the files; [Rooms] says which room may know which.
package home.oikos.tidy;
