"""A disk that fails when a test says so: the kernel asks us about each write and each sync."""

import ctypes
import errno
import platform
import struct
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)


class Trouble(StrEnum):
    """What goes wrong, for as long as a file of this name lies in the test's folder."""

    FULL = "disk-is-full"
    NO_SYNC = "sync-fails"


_ERROR = {Trouble.FULL: errno.ENOSPC, Trouble.NO_SYNC: errno.EIO}


@dataclass(frozen=True, slots=True)
class _Machine:
    """The kernel's numbers on one kind of processor."""

    audit: int
    seccomp: int
    calls: dict[int, Trouble]


_MACHINES = {
    "x86_64": _Machine(
        0xC000003E,
        317,
        {18: Trouble.FULL, 74: Trouble.NO_SYNC, 75: Trouble.NO_SYNC},  # pwrite64, fsync, fdatasync
    ),
    "aarch64": _Machine(
        0xC00000B7,
        277,
        {68: Trouble.FULL, 82: Trouble.NO_SYNC, 83: Trouble.NO_SYNC},
    ),
}

_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_NEW_LISTENER = 1, 8
_RET_ALLOW, _RET_USER_NOTIF = 0x7FFF0000, 0x7FC00000
#: Requests of the listener, with the sizes of what they carry.
_RECEIVE, _SEND, _NOTICE_BYTES = 0xC0502100, 0xC0182101, 80
_GO_ON = 1


def make_unreliable(folder: Path) -> None:
    """Let the disk of this thread, and of those it starts, have the troubles in *folder*.

    It needs no privileges, and lasts until the process ends.

    Raises:
        OSError: the kernel is older than Linux 5.5, or a sandbox forbids it.
    """
    machine = _MACHINES[platform.machine()]
    listeners: list[int] = []
    filtered = threading.Event()

    def answer_all() -> None:
        filtered.wait()
        while True:
            _answer(listeners[0], machine, folder)

    # It starts before the filter is there, so it is not asked about its own calls.
    threading.Thread(target=answer_all, name="disk", daemon=True).start()
    listeners.append(_filter(machine))
    filtered.set()


def _filter(machine: _Machine) -> int:
    """Have the kernel ask before each of the calls; return where it asks."""
    program = _program(machine)
    filtering = struct.pack("H6xP", len(program) // 8, ctypes.addressof(program))
    _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    return _checked(
        _libc.syscall(
            machine.seccomp, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_NEW_LISTENER, filtering
        )
    )


def _program(machine: _Machine) -> "ctypes.Array[ctypes.c_char]":
    """Return the filter: look at the processor, then at the number of the call."""
    load, jump_if_equal, give = 0x20, 0x15, 0x06
    steps = [(load, 0, 0, 4), (jump_if_equal, 1, 0, machine.audit), (give, 0, 0, _RET_ALLOW)]
    steps.append((load, 0, 0, 0))
    numbers = list(machine.calls)
    steps += [(jump_if_equal, len(numbers) - n, 0, call) for n, call in enumerate(numbers)]
    steps += [(give, 0, 0, _RET_ALLOW), (give, 0, 0, _RET_USER_NOTIF)]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    return ctypes.create_string_buffer(code, len(code))


def _answer(listener: int, machine: _Machine, folder: Path) -> None:
    """Let one call go on, or fail; one that a signal interrupts meanwhile is asked about again."""
    notice = ctypes.create_string_buffer(_NOTICE_BYTES)
    if _libc.ioctl(listener, ctypes.c_ulong(_RECEIVE), notice) < 0:
        return
    id, _thread, _flags, call = struct.unpack_from("QIIi", notice)
    trouble = machine.calls[call]
    fails = (folder / trouble).exists()
    verdict = (-_ERROR[trouble], 0) if fails else (0, _GO_ON)
    _libc.ioctl(listener, ctypes.c_ulong(_SEND), struct.pack("QqiI", id, 0, *verdict))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "The kernel lets nobody stand between us and the disk")
    return result
