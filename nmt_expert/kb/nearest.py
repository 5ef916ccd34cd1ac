"""The names a person may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The most similar of ``names``, best first; ties in alphabetical order."""
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
    by_form = {known.lower().replace(" ", "_").replace("-", "_"): known for known in sorted(names)}
    return [by_form[form] for form in get_close_matches(wanted, list(by_form), count, 0.6)]


def did_you_mean(name: str, names: Iterable[str], count: int = 1) -> str:
    """``Did you mean 'x'?``, or nothing when no name is near."""
    found = nearest(name, names, count)
    return f"Did you mean {' or '.join(repr(one) for one in found)}?" if found else ""
