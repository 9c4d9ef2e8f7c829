"""Children that end with their parent, whatever happens to it."""

import ctypes
import os
import pwd
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
SUPERVISED = "REDLEAF_SUPERVISED"  # set for what `redleaf up` starts


def dies_with_parent(number: int = signal.SIGTERM) -> Callable[[], None]:
    """Return what a child runs before it starts, so that it is told when its parent ends."""
    return become(None, number)


def become(user: pwd.struct_passwd | None, number: int) -> Callable[[], None]:
    """Return the same, with a change to another user before it."""
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def before_start() -> None:
        os.setsid()  # a Ctrl-C reaches the supervisor alone, which stops things in order
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        # After the change of user, which clears it. It holds for the thread that forks us.
        if hasattr(library, "prctl"):
            library.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:
                os._exit(1)

    return before_start


def end_with_parent() -> None:
    """Let this process end when its parent does: for grandchildren of `redleaf up`.

    granian's workers would outlive a killed master and keep its port. Does nothing elsewhere.
    """
    if not os.environ.get(SUPERVISED):
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "prctl"):
        library.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)
