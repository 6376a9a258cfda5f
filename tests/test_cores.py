"""The number of cores is the process's, not the machine's."""

import os

import pytest

from toolkit import cores


@pytest.fixture
def cgroup(tmp_path, monkeypatch):
    path = tmp_path / "cpu.max"
    monkeypatch.setattr(cores, "_CGROUP", path)
    return path


@pytest.fixture
def affinity(monkeypatch):
    def allow(count):
        allowed = lambda _: set(range(count))  # noqa: E731 (as short as it gets)
        monkeypatch.setattr(os, "sched_getaffinity", allowed, raising=False)

    return allow


@pytest.mark.parametrize(
    ("allowed", "quota", "expected"),
    [
        pytest.param(6, None, 6, id="without a quota the affinity decides"),
        pytest.param(6, "max 100000\n", 6, id="no limit is no quota"),
        pytest.param(6, "200000 100000\n", 2, id="the quota decides if it is less"),
        pytest.param(6, "150000 100000\n", 2, id="part of a core counts as one"),
        pytest.param(6, "10000 100000\n", 1, id="there is always one"),
        pytest.param(2, "800000 100000\n", 2, id="the affinity decides if it is less"),
        pytest.param(3, "", 3, id="an empty file says nothing"),
        pytest.param(3, "many\n", 3, id="nor does one that cannot be read"),
    ],
)
def test_available_cores(allowed, quota, expected, affinity, cgroup):
    affinity(allowed)
    if quota is not None:
        cgroup.write_text(quota)
    assert cores.available_cores() == expected


def test_without_affinity_the_machine_decides(monkeypatch, cgroup):
    assert not cgroup.exists()
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores.available_cores() == 1
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert cores.available_cores() == 5
