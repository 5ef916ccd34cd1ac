"""An expert system for neuromuscular therapists: interview, five-factor reasoning, reasons.

The public door. Nothing heavy is imported until it is asked for::

    from nmt_expert import Engine, assess, load, read_case

    kb = load()
    assessment = assess(read_case("case.yml", kb), kb, Engine(kb))
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmt_expert.assessment import assess
    from nmt_expert.engine import Engine
    from nmt_expert.kb import load, read_case

__version__ = "0.1.0"
__all__ = ["Engine", "__version__", "assess", "load", "read_case"]

_ROOMS = {
    "Engine": "nmt_expert.engine",
    "assess": "nmt_expert.assessment",
    "load": "nmt_expert.kb",
    "read_case": "nmt_expert.kb",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
