"""Where each part of a file stands, by its path of keys and positions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

Step = str | int
Path_ = tuple[Step, ...]
Spot = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass
class Marks:
    """Spots of values and of keys."""

    values: dict[Path_, Spot] = field(default_factory=dict)
    keys: dict[Path_, Spot] = field(default_factory=dict)

    def find(self, path: Path_, key: bool = False) -> Spot:
        """The spot of ``path``, or of the nearest part around it."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def mark_everything(events: Iterator[Event]) -> Marks:
    """The marks of the first document in a stream of parser events that is known to be sound."""
    marks = Marks()
    for event in events:
        if isinstance(event, NodeEvent):
            _mark(event, (), events, marks)
            break
    return marks


def spot_of(event: Event) -> Spot:
    """Where an event begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _mark(event: Event, path: Path_, events: Iterator[Event], marks: Marks) -> None:
    marks.values[path] = spot_of(event)
    if isinstance(event, SequenceStartEvent):
        for n, item in enumerate(events):
            if isinstance(item, SequenceEndEvent):
                return
            _mark(item, (*path, n), events, marks)
    elif isinstance(event, MappingStartEvent):
        for key in events:
            if isinstance(key, MappingEndEvent):
                return
            name = key.value if isinstance(key, ScalarEvent) else "?"
            marks.keys[(*path, name)] = spot_of(key)
            _mark(next(events), (*path, name), events, marks)
