"""Plug-ins by name: the files of a package are its registry.

A package of plug-ins (`checks`, `metrics`, `engines`, `formats`, `reports`) owns one
`Registry`. Each module in it registers what it defines. The modules are imported when
a name is first looked up: adding a plug-in means adding one file and editing none, and
importing the toolkit stays cheap.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TypeVar

from toolkit.errors import UnknownNameError

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """The plug-ins of one package, by name, in alphabetical order."""

    def __init__(self, kind: str, package: str) -> None:
        self._kind = kind
        self._package = package
        self._plugins: dict[str, T] = {}
        self._loaded = False

    def add(self, name: str, plugin: T) -> T:
        """Register `plugin` under `name` and return it.

        Raises:
            ValueError: If `name` is taken; two plug-ins must never shadow each other.
        """
        if name in self._plugins:
            raise ValueError(f"{self._kind} {name!r} is registered twice")
        self._plugins[name] = plugin
        return plugin

    def __getitem__(self, name: str) -> T:
        """Return the plug-in called `name`.

        Raises:
            UnknownNameError: If there is none; the message lists the known names.
        """
        self._load()
        try:
            return self._plugins[name]
        except KeyError:
            raise UnknownNameError(self._kind, name, self._plugins) from None

    def __contains__(self, name: object) -> bool:
        self._load()
        return name in self._plugins

    def __iter__(self) -> Iterator[str]:
        self._load()
        return iter(sorted(self._plugins))

    def __len__(self) -> int:
        self._load()
        return len(self._plugins)

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        for module in pkgutil.iter_modules(import_module(self._package).__path__):
            import_module(f"{self._package}.{module.name}")
