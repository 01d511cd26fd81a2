package home.oikos.cri;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A program that tells the kernel to bury its dead children by themselves (SIGCHLD ignored) and then sleeps for ever: what a pod's
/// first process has to do. Some instructions in an ELF file that needs no library.
final class PauseProgram {
    private static final long LOAD_ADDRESS = 0x400000;
    private static final int HEADER_BYTES = 64 + 56;

    private PauseProgram() { }

    static byte[] of(Processor processor) {
        var code = switch (processor) {
            case AMD64 -> amd64();
            case ARM64 -> arm64();
        };
        int size = HEADER_BYTES + code.length;
        var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        elf.putShort((short) 2).putShort((short) processor.elfMachine()).putInt(1).putLong(LOAD_ADDRESS
                + HEADER_BYTES).putLong(64).putLong(0);
        elf.putInt(0);
        for (int part : new int[] {64, 56, 1, 64, 0, 0}) elf.putShort((short) part);
        elf.putInt(1).putInt(5).putLong(0).putLong(LOAD_ADDRESS).putLong(LOAD_ADDRESS).putLong(size).putLong(size).putLong(0x10000);
        return elf.put(code).array();
    }

    /// The kernel's struct sigaction with the handler SIG_IGN.
    private static void ignore(ByteBuffer code) {
        code.putLong(1).putLong(0).putLong(0).putLong(0);
    }

    private static byte[] amd64() {
        var code = ByteBuffer.allocate(38 + 32).order(ByteOrder.LITTLE_ENDIAN);
        code.put((byte) 0xb8).putInt(13);                                          // mov eax, rt_sigaction
        code.put((byte) 0xbf).putInt(17);                                          // mov edi, SIGCHLD
        code.put(new byte[] {0x48, (byte) 0x8d, 0x35}).putInt(38 - 17);            // lea rsi, [rip + action]
        code.put(new byte[] {0x31, (byte) 0xd2});                                  // xor edx, edx
        code.put(new byte[] {0x41, (byte) 0xba}).putInt(8);                        // mov r10d, 8
        code.put(new byte[] {0x0f, 0x05});                                         // syscall
        code.put((byte) 0xb8).putInt(34);                                          // again: mov eax, pause
        code.put(new byte[] {0x0f, 0x05});                                         // syscall
        code.put(new byte[] {(byte) 0xeb, (byte) 0xf7});                           // jmp again
        code.position(38);
        ignore(code);
        return code.array();
    }

    private static byte[] arm64() {
        var code = ByteBuffer.allocate(13 * 4 + 4 + 32).order(ByteOrder.LITTLE_ENDIAN);
        code.putInt(move(8, 134)).putInt(move(0, 17)).putInt(address(1, 56 - 8)).putInt(move(2, 0)).putInt(move(3, 8)).putInt(SVC);
        code.putInt(move(0, 0)).putInt(move(1, 0)).putInt(move(2, 0)).putInt(move(3, 0)).putInt(move(8, 73)).putInt(SVC);
        code.putInt(0x14000000 | -6 & 0x3ffffff);                                  // b to the first move of ppoll's arguments
        code.position(56);
        ignore(code);
        return code.array();
    }

    private static final int SVC = 0xD4000001;

    private static int move(int register, int value) {
        return 0xD2800000 | value << 5 | register;
    }

    private static int address(int register, int offset) {
        return 0x10000000 | (offset & 3) << 29 | offset >> 2 << 5 | register;
    }
}
