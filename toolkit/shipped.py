"""Where the data that comes with the toolkit lies.

In an installed wheel it lies inside the package; in a checkout, at the top level, where
people edit it. Both are found alike.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder `name`: `glossaries` or `test_sets`."""
    inside = _PACKAGE / "data" / name
    return inside if inside.exists() else _PACKAGE.parent / name
