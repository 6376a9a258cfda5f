"""The wheel has everything in it, and works where there is no checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
DATA = "toolkit/data"


def run(*command, **options):
    done = subprocess.run(
        [str(each) for each in command],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        **options,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, REPOSITORY)
    status, _, err = run(sys.executable, *build)
    assert status == 0, err
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the installed package, beside which no checkout is in sight."""
    folder = tmp_path_factory.mktemp("site")
    pip = ("-m", "pip", "install", "--no-deps", "--no-index", "--quiet")
    status, _, err = run(sys.executable, *pip, "--target", folder, wheel)
    assert status == 0, err
    return folder


def test_the_wheel_is_for_every_platform(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_has_the_data(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [
        path.relative_to(REPOSITORY).as_posix()
        for folder in ("glossaries", "test_sets")
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file()
    ]
    assert {f"{DATA}/{name}" for name in shipped} <= names
    assert len(shipped) > 10
    own = {"toolkit/py.typed", "toolkit/reports/templates/report.html"}
    assert own <= names
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]


def test_the_installed_command_checks_a_file(installed, tmp_path):
    (tmp_path / "a.txt").write_text("The Net Net campaign began.\n")
    libraries = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    code = (
        "import sys, toolkit, toolkit.shipped; "
        "print(toolkit.__file__, toolkit.shipped.shipped('glossaries'), "
        "file=sys.stderr); from toolkit.cli import main; main()"
    )
    # Without site there are no .pth files, so no editable checkout.
    command = (sys.executable, "-S", "-c", code)
    env = os.environ | {"PYTHONPATH": libraries}
    arguments = ("check", "a.txt", "--format", "jsonl")
    status, out, err = run(*command, *arguments, cwd=tmp_path, env=env)
    places = [Path(place) for place in err.split()]
    assert places == [
        installed / "toolkit/__init__.py",
        installed / f"{DATA}/glossaries",
    ]
    findings = [json.loads(line) for line in out.split("\n") if line]
    assert "jingwang" in {finding["concept"] for finding in findings}
    assert status in {0, 1}
    status, out, _ = run(*command, "testset", "list", cwd=tmp_path, env=env)
    assert status == 0
    assert str(installed / DATA / "test_sets" / "campaigns") in out


def test_the_command_is_installed(installed):
    script = next((installed / "bin").glob("newsmt*"), None)
    assert script
    assert "toolkit.cli" in script.read_text()
