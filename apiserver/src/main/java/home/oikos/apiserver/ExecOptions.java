package home.oikos.apiserver;

import java.util.List;

/// What to run or join in a container (PodExecOptions, PodAttachOptions).
/// @param container never empty: the API server has chosen it
public record ExecOptions(String container, List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty) {
    public ExecOptions {
        command = List.copyOf(command);
    }
}
