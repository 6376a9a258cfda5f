"""What a result depends on, written down so that it can be had again."""

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

_PACKAGES = (
    *("ahocorasick-rs", "click", "ctranslate2", "jinja2", "msgspec", "opencc"),
    *("polars", "sacrebleu", "sentencepiece"),
)


def package_versions() -> dict[str, str]:
    """Return the versions of the packages that results can depend on."""
    return {name: version(name) for name in _PACKAGES}


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if not file.is_file():
            continue
        if path.is_dir():
            digest.update(f"{file.relative_to(path).as_posix()}\n".encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def instruction_set() -> str:
    """Return the widest vectors of the processor, which decide how sums are rounded."""
    machine = platform.machine()
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:  # not Linux
        return machine
    for name in ("avx512f", "avx2", "avx"):
        if f" {name} " in flags:
            return f"{machine} {name}"
    return machine
