"""Terminology and translation quality for machine-translated Chinese news.

The names below are the library; they are imported when first used, so that the command
line answers at once.
"""

from importlib import import_module

__version__ = "0.1.0"

_PLACES = {
    "toolkit.corpus": ("Article", "Pair", "Paragraph", "Segment", "Span"),
    "toolkit.engines": ("Decoding", "Engine", "Hypothesis", "load_engine"),
    "toolkit.errors": ("ToolkitError",),
    "toolkit.findings": ("Finding", "Score", "Severity"),
    "toolkit.formats": ("Input", "Reading", "find_inputs"),
    "toolkit.formats.glossary": ("load_glossary",),
    "toolkit.formats.testset": ("TestSet", "load_test_set"),
    "toolkit.pipeline": ("Scorer", "examine", "select_checks", "translate"),
    "toolkit.runs": ("Plan", "Run", "load_run", "write_run"),
    "toolkit.segmentation": ("split_long", "split_sentences"),
    "toolkit.terminology.comparison": ("TermComparer", "TermComparison", "TermUse"),
    "toolkit.terminology.glossary": ("Concept", "Glossary", "Status", "Term"),
    "toolkit.terminology.matching": ("TermMatch", "TermMatcher"),
}
_HOMES = {name: module for module, names in _PLACES.items() for name in names}

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604 (all are strings)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
