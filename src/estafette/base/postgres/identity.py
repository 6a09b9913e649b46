"""As whom the server runs: as ourselves where PostgreSQL allows it, never with the rights of root."""

import os
import pwd
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from estafette.base.postgres import step_down
from estafette.base.postgres.errors import CannotStart

_SCRIPT = Path(step_down.__file__)


@dataclass(frozen=True)
class Identity:
    """A way to run a program (see `step_down`) and the numbers of its user."""

    how: str
    uid: int
    gid: int

    def command(self, folder: Path, *command: str | Path, guarded: bool = False) -> list[str]:
        """The command line that runs `command` inside `folder`; a guarded program stops when this process dies."""
        # The kernel ties the death signal to the thread that starts the program, so only the main one may be it.
        guarded = guarded and sys.platform == "linux" and threading.current_thread() is threading.main_thread()
        plain = [str(part) for part in command]
        if self.how == "same" and not guarded:
            return plain
        parent = os.getpid() if guarded else 0
        start = [sys.executable, "-I", "-S", str(_SCRIPT), self.how, self.uid, self.gid, parent, folder]
        return [*map(str, start), *plain]

    def own(self, *paths: Path) -> None:
        """Hands files to the server's user where that is another one."""
        if self.how == "user":
            for path in paths:
                os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def own_all(self, folder: Path) -> None:
        """Hands over a whole folder that another identity made; does nothing where it is ours already."""
        if self.how == "user" and folder.stat().st_uid != self.uid:
            self.own(*folder.rglob("*"), folder)


def identity_for(folder: Path, server: Path) -> Identity:
    """Chooses for a folder of ours; raises CannotStart when nobody suitable can run the server there."""
    me = os.geteuid()
    if me != 0 and _has_name(me):
        return Identity("same", me, os.getegid())
    owner = folder.stat()
    if me == 0 and owner.st_uid != 0:
        return _checked(Identity("user", owner.st_uid, owner.st_gid), folder, server)
    # Root, or a user without a name (containers): the same user under another number, if the kernel allows it.
    nobody = _nobody()
    inside = Identity("namespace", nobody.pw_uid, nobody.pw_gid)
    if sys.platform == "linux" and may_use_namespace(inside):
        return _checked(inside, folder, server)
    if me != 0:
        raise CannotStart(f"The user number {me} has no name here, which PostgreSQL needs: add it to /etc/passwd.")
    return _checked(Identity("user", nobody.pw_uid, nobody.pw_gid), folder, server)


def may_use_namespace(identity: Identity) -> bool:
    """Whether the kernel lets this process open a user namespace; containers often forbid it."""
    return _code(identity, Path("/"), Path("/bin/true")) != step_down.NO_NAMESPACE


def _checked(identity: Identity, folder: Path, server: Path) -> Identity:
    # The folder itself is private and may not be ours yet; what must be enterable is the way to it.
    code = _code(identity, folder.parent, server)
    if code == 0:
        return identity
    who = pwd.getpwuid(identity.uid).pw_name if _has_name(identity.uid) else f"number {identity.uid}"
    if identity.how == "namespace":
        who = "root without its privileges"
    if code == step_down.NO_ENTRY:
        raise CannotStart(
            f"The embedded database runs as the user {who}, who cannot enter {folder.parent}: "
            "choose a folder elsewhere with --data, or allow passing through its parents with chmod o+x."
        )
    raise CannotStart(
        f"The embedded database runs as the user {who}, who cannot run {server}: "
        "install Estafette where every user can read it, or start it as an ordinary user."
    )


def _code(identity: Identity, folder: Path, server: Path) -> int:
    command = identity.command(folder, server, "--version")
    return subprocess.run(command, capture_output=True, check=False, env={}).returncode  # noqa: S603 - a program of ours, no shell


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        return next((entry for entry in pwd.getpwall() if entry.pw_uid != 0), pwd.getpwuid(0))
