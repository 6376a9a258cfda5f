"""Plug-ins are found by name in the files of a package."""

import sys

import pytest

from toolkit.errors import UnknownNameError
from toolkit.registry import Registry

PACKAGE = """\
from toolkit.registry import Registry
TOOLS = Registry("tool", __name__)
"""
MODULE = """\
from {package} import TOOLS
TOOLS.add("{name}", "{name} of {module}")
"""


@pytest.fixture
def package(tmp_path, monkeypatch, request):
    """Make a package of plug-ins and return its name and folder."""
    name = "plugins_" + "".join(c for c in request.node.name if c.isalpha())
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text(PACKAGE)
    for module, plugin in (("b", "saw"), ("a", "hammer")):
        text = MODULE.format(package=name, name=plugin, module=module)
        (folder / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield name, folder
    for module in [each for each in sys.modules if each.startswith(name)]:
        del sys.modules[module]


def registry(name) -> Registry[str]:
    return __import__(name).TOOLS


def test_a_new_file_is_a_new_plugin(package):
    name, folder = package
    text = MODULE.format(package=name, name="drill", module="c")
    (folder / "c.py").write_text(text)
    assert dict(registry(name)) == {
        "drill": "drill of c",
        "hammer": "hammer of a",
        "saw": "saw of b",
    }


def test_names_are_in_alphabetical_order(package):
    assert list(registry(package[0])) == ["hammer", "saw"]


def test_modules_are_imported_on_first_look_up(package):
    tools = registry(package[0])
    assert f"{package[0]}.a" not in sys.modules
    assert "saw" in tools
    assert len(tools) == 2
    assert f"{package[0]}.a" in sys.modules


def test_an_unknown_name_lists_the_known_ones(package):
    with pytest.raises(UnknownNameError, match=r"tool 'axe' \(known: hammer, saw\)"):
        registry(package[0])["axe"]


def test_membership_of_an_unknown_name_is_false(package):
    assert "axe" not in registry(package[0])


def test_two_plugins_must_not_share_a_name():
    tools: Registry[int] = Registry("tool", "nowhere")
    assert tools.add("saw", 1) == 1
    with pytest.raises(ValueError, match="tool 'saw' is registered twice"):
        tools.add("saw", 2)
