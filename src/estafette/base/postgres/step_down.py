"""Runs a program as somebody who is not root: PostgreSQL refuses root.

Called as a script by a bare interpreter: `step_down.py HOW UID GID PARENT FOLDER PROGRAM ARGUMENT…`. HOW is
`namespace` (a user namespace in which the same user has another number: files keep their owner), `user` (setuid) or
`same`. PARENT is the process whose death stops the program with SIGINT, or 0. FOLDER must be enterable.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

NO_NAMESPACE, NO_ENTRY, NO_PROGRAM = 101, 102, 103
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1


def main(how: str, uid: str, gid: str, parent: str, folder: str, *command: str) -> None:
    """Becomes the program, or exits with one of the codes above."""
    if how == "namespace":
        _enter_namespace(int(uid), int(gid))
    elif how == "user":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    try:
        os.chdir(folder)
    except OSError as error:
        _leave(NO_ENTRY, error)
    if int(parent):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != int(parent):
            return
    try:
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        _leave(NO_PROGRAM, error)


def _enter_namespace(uid: int, gid: int) -> None:
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    try:
        if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {outer_uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {outer_gid} 1")
    except (OSError, AttributeError) as error:
        _leave(NO_NAMESPACE, error)


def _leave(code: int, error: Exception) -> None:
    sys.stderr.write(f"{error}\n")
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
