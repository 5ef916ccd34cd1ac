"""The same rules as a CLIPS program, and the engine that runs it; only here is clips known."""

from nmt_expert.engine.clips.machine import library
from nmt_expert.engine.clips.program import as_text
from nmt_expert.engine.clips.run import ClipsEngine

__all__ = ["ClipsEngine", "as_text", "library"]
