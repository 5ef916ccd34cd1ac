"""Small clients for tests."""

from typing import Any

from nmt_expert.model.case import Case

RIGHT_TRAPEZIUS = {"site": "upper_trapezius", "side": "right"}
ACTIVE_TRAPEZIUS: tuple[dict[str, Any], ...] = tuple(
    {"finding": finding, **RIGHT_TRAPEZIUS}
    for finding in ("taut_band", "hypersensitive_spot", "familiar_pain_on_pressure")
)
"""A clear active trigger point."""


def client(*answers: dict[str, Any], sites: tuple[dict[str, str], ...] = (), **more: Any) -> Case:
    """A client of whom just this is known."""
    return Case.model_validate(
        {"id": "test", "answers": answers, "complaint": {"sites": sites}, **more}
    )
