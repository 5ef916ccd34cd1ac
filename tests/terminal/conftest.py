"""The tiny knowledge base of the interview tests, here too."""

from tests.interview.conftest import begin, kb

__all__ = ["begin", "kb"]
