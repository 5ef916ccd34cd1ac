"""How hard hypothesis looks: ``PROOF_DEPTH=50`` tries fifty times as much as the default run."""

import os

from hypothesis import HealthCheck, Phase, settings

DEPTH = int(os.environ.get("PROOF_DEPTH", "1"))
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without looking for a smaller client: they come from a seed, and one seed is no simpler."""
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def tried(times: int, steps: int = 1) -> settings:
    """So many examples in the default run, each of so many steps."""
    return settings(
        max_examples=times * DEPTH,
        stateful_step_count=steps,
        deadline=None,
        phases=_PHASES,
        suppress_health_check=_SLOW,
    )


RUNS = tried(20)
"""For what takes a run or two."""
WHOLE = tried(2)
"""For whole assessments, which also run everything that is possible."""
