"""Imports point downwards, packages stay in their places, modules stay small."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import toolkit

ROOT = Path(toolkit.__file__).parent
LAYERS = [
    {"errors", "shipped", "cores", "__init__"},
    {"corpus", "registry", "files", "provenance"},
    {"segmentation", "findings"},
    {"terminology"},
    {"formats", "engines", "checks", "metrics"},
    {"pipeline"},
    {"reports", "scoring"},
    {"runs"},
    {"cli"},
    {"__main__"},
]
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
ONLY_IN = {
    "click": "cli/",
    "ctranslate2": "engines/ctranslate2.py",
    "sentencepiece": "engines/ctranslate2.py",
    "sacrebleu": "metrics/overlap.py",
    "rich": "reports/terminal.py",
    "jinja2": "reports/page.py",
    "ahocorasick_rs": "terminology/matching.py",
    "opencc": "terminology/folding.py",
}
HEAVY = ("polars", "ctranslate2", "sentencepiece", "sacrebleu", "rich", "opencc")
MODULES = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.rglob("*.py"))]
Import = tuple[str, bool]
"""A module that is imported, and whether that happens when the importer is imported."""


def owner(module: str) -> str:
    return module.partition("/")[0].removesuffix(".py")


def imports(module: str) -> Iterator[Import]:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    yield from _imports(tree, at_once=True)


def _imports(node: ast.AST, *, at_once: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ImportFrom):
            assert not child.level, "imports are absolute"
            yield str(child.module), at_once
        elif isinstance(child, ast.Import):
            yield from ((alias.name, at_once) for alias in child.names)
        else:
            is_later = isinstance(child, ast.FunctionDef) or (
                isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            )
            yield from _imports(child, at_once=at_once and not is_later)


def own_imports(module: str) -> set[str]:
    parts = [name.split(".") for name, _ in imports(module)]
    own = (names for names in parts if names[0] == "toolkit")
    return {names[1] if len(names) > 1 else "__init__" for names in own}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downwards(module):
    for name in own_imports(module) - {owner(module)}:
        assert LAYER[name] < LAYER[owner(module)], f"{module} must not import {name}"


def test_the_library_itself_imports_lazily():
    assert own_imports("__init__.py") == set()


@pytest.mark.parametrize("module", MODULES)
def test_packages_stay_where_they_belong(module):
    for name, _ in imports(module):
        place = ONLY_IN.get(name.partition(".")[0], "")
        assert module.startswith(place), f"only {place} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_polars_is_imported_where_it_is_used(module):
    at_once = {name for name, now in imports(module) if now}
    assert not any(name.partition(".")[0] == "polars" for name in at_once)


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_a_drawer_for_odds_and_ends(module):
    assert Path(module).stem not in {"utils", "util", "helpers", "common", "misc"}


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_small(module):
    lines = (ROOT / module).read_text(encoding="utf-8").count("\n")
    assert lines <= 350


def test_the_command_line_starts_light():
    code = (
        "import json, sys, toolkit.cli; "
        "print(json.dumps([name.partition('.')[0] for name in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert set(HEAVY).isdisjoint(json.loads(done.stdout))


@pytest.mark.parametrize("name", [n for n in toolkit.__all__ if n != "__version__"])
def test_every_public_name_exists(name):
    assert getattr(toolkit, name).__doc__


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = toolkit.nonsense
