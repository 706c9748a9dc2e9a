"""Namespaces of Linux: no network, and no file that can be written outside one folder.

They hold for everything that the program starts, whatever it is written in. If the
kernel does not allow them, another process runs the program with only `guards`.
"""

import ctypes
import os
import sys
from pathlib import Path

NOT_ISOLATED = b"not isolated\n"
"""What a process reports that ends because it cannot be isolated."""
_NEW_USER, _NEW_MOUNTS, _NEW_NETWORK = 0x1000_0000, 0x0002_0000, 0x4000_0000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x4_0000
_NO_SETUID, _NO_DEVICES = 0x2, 0x4
_MOUNT_SETATTR = 442
"""The number of the system call, which is the same on all processors."""
_HERE, _WHOLE_TREE, _READ_ONLY = -100, 0x8000, 0x1
_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - where semaphores of Python are


class _Attributes(ctypes.Structure):
    """The argument of `mount_setattr`: which attributes to set and to clear."""

    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "how", "fd"))


def isolate(folder: Path) -> bool:
    """Move this process into namespaces in which only `folder` can be written to.

    Return whether the kernel allowed it: if not, the process may be unusable. It must
    have one thread only.
    """
    if sys.platform != "linux":
        return False
    try:
        _isolate(str(folder))
    except OSError:
        return False
    return True


def _isolate(folder: str) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()

    def call(name: str, *arguments: object) -> None:
        if getattr(library, name)(*arguments) != 0:
            error = ctypes.get_errno()
            raise OSError(error, f"{name}: {os.strerror(error)}")

    def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
        texts = (text.encode() for text in (source, target, kind, data))
        source_, target_, kind_, data_ = texts
        call("mount", source_, target_, kind_, ctypes.c_ulong(flags), data_)

    def set_attributes(path: str, attributes: _Attributes, flags: int) -> None:
        pointer, size = ctypes.byref(attributes), ctypes.sizeof(attributes)
        where = (ctypes.c_int(_HERE), path.encode(), ctypes.c_uint(flags))
        call("syscall", ctypes.c_long(_MOUNT_SETATTR), *where, pointer, size)

    call("unshare", _NEW_USER | _NEW_MOUNTS | _NEW_NETWORK)
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    mount("none", "/", "", _RECURSIVE | _PRIVATE)
    mount(folder, folder, "", _BIND)
    set_attributes("/", _Attributes(set=_READ_ONLY), _WHOLE_TREE)
    set_attributes(folder, _Attributes(clear=_READ_ONLY), 0)
    if Path(_SHARED_MEMORY).is_dir():
        size = "size=64m,mode=1777"
        mount("tmpfs", _SHARED_MEMORY, "tmpfs", _NO_SETUID | _NO_DEVICES, size)
    # The process still stands in the folder below the new mount.
    os.chdir(Path.cwd())
