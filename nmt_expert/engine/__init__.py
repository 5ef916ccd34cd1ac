"""Compile rules to experta, match, run, say what fired: the only room that knows experta."""

from nmt_expert.engine.facts import FactToken, Known, LinkToken, Token
from nmt_expert.engine.reasoner import Reasoner
from nmt_expert.engine.run import Engine, RawFiring, RunResult

__all__ = [
    "Engine",
    "FactToken",
    "Known",
    "LinkToken",
    "RawFiring",
    "Reasoner",
    "RunResult",
    "Token",
]
