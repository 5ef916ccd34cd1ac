"""Times as the store keeps them: ISO 8601 in UTC, given by the caller, never read from a clock."""

from datetime import datetime, timedelta


def moment(at: str) -> datetime:
    """The time that a text names.

    Raises:
        ValueError: it is not ISO 8601, or not in UTC (``Z`` or ``+00:00``).
    """
    read = datetime.fromisoformat(at)
    if read.utcoffset() != timedelta(0):
        raise ValueError(f"not a time in UTC: {at!r}")
    return read
