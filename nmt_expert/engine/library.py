"""The one place that imports experta, and leaves the process as it found it.

experta pins frozendict 1.2, which reads ``collections.Mapping``: a name that Python 3.10 removed.
It is lent for the length of the import and taken away again, and the handler that experta's
``logging.basicConfig()`` hangs on the root logger is removed. See ``docs/decisions``.
"""

import collections
import collections.abc
import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers = list(root.handlers)
    lends = not hasattr(collections, "Mapping")
    if lends:
        vars(collections)["Mapping"] = collections.abc.Mapping
    try:
        yield
    finally:
        if lends:
            del vars(collections)["Mapping"]
        root.handlers[:] = handlers


with _as_it_was():
    from experta import AS, MATCH, Fact, KnowledgeEngine, L, Rule
    from experta.abstract import Matcher, Strategy
    from experta.activation import Activation
    from experta.factlist import FactList
    from experta.fieldconstraint import ORFC, W
    from experta.matchers import ReteMatcher

__all__ = [
    "AS",
    "MATCH",
    "ORFC",
    "Activation",
    "Fact",
    "FactList",
    "KnowledgeEngine",
    "L",
    "Matcher",
    "ReteMatcher",
    "Rule",
    "Strategy",
    "W",
]
