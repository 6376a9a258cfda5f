"""How many cores this process may use."""

import os
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup/cpu.max")


def available_cores() -> int:
    """Return the cores of the process: its affinity and quota, not the machine's."""
    try:
        affinity = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        affinity = os.cpu_count() or 1
    return max(1, min(affinity, _quota() or affinity))


def _quota() -> int | None:
    """Whole cores of the control group's quota, rounded up; None without one."""
    try:
        limit, period = _CGROUP.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    if not (limit.isdecimal() and period.isdecimal()):
        return None
    return -(-int(limit) // int(period))
