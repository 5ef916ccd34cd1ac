"""Times as records keep them: ISO 8601 in UTC, to the second."""

from datetime import UTC, datetime, timedelta


def stamp(time: datetime) -> str:
    """A time that knows its zone, as records keep it: ``2026-11-20T09:00:00Z``."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(at: str) -> datetime:
    """The time that a text names.

    Raises:
        ValueError: it is not ISO 8601, or not in UTC (``Z`` or ``+00:00``).
    """
    read = datetime.fromisoformat(at)
    if read.utcoffset() != timedelta(0):
        raise ValueError(f"not a time in UTC: {at!r}")
    return read
