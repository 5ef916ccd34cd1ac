"""YAML read strictly and fast: what a person would read the same way, and nothing else.

True and false, numbers, text, null, lists and mappings are allowed. Anchors, tags, repeated keys
and several documents are faults; ``yes`` and ``12:30`` never turn into something else.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from nmt_expert.kb.document import LOADER, UNUSED, Document, Unreadable, check_text
from nmt_expert.kb.marks import spot_of
from nmt_expert.kb.scalars import AMBIGUOUS, plain_value
from nmt_expert.model.errors import Fault
from nmt_expert.model.text import quoted

MAX_DEPTH = 40
_COMPARE = "Compare with a file that works."
_TEXT = "Text that begins so goes in quotes."
_HINTS = (
    ("mapping values are not allowed", "Put text that holds ': ' in quotes."),
    ("cannot start any token", "Indent with spaces, not tabs; put special signs in quotes."),
    ("could not find expected ':'", "A key needs ': ' after it; put long text in quotes."),
    ("did not find expected ',' or", "Check the commas and brackets of this line."),
    ("did not find expected key", "Check the indentation, and quotes inside quoted text."),
    ("tab character", "Indent with spaces, not tabs."),
    ("unexpected end of stream", "A quote or bracket is still open."),
)


def read_yaml(text: str, name: str) -> Document:
    """The document in ``text``; its own faults are in ``Document.faults``.

    Raises:
        Unreadable: the text is not YAML, or too large or nested too deeply to be meant.
    """
    check_text(text, name)
    builder = _Builder(name, yaml.parse(text, Loader=LOADER))
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax_fault(name, error)) from None
    except yaml.YAMLError:
        raise Unreadable(Fault(name, "not readable as YAML", UNUSED, _COMPARE)) from None
    return Document(name, text, data, builder.lines, builder.faults)


def _syntax_fault(name: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    problem = error.problem or "unknown problem"
    hints = (hint for part, hint in _HINTS if part in problem)
    remedy = next(hints, _COMPARE)
    return Fault(place, f"not readable as YAML ({problem})", UNUSED, remedy)


class _Builder:
    """Plain data from parser events, with a note of everything that is not allowed."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name = name
        self.events = events
        self.lines: list[int] = []
        self.faults: list[Fault] = []

    def document(self) -> Any:
        """The one document of the stream; None when it is empty."""
        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, StreamStartEvent):
                continue
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    says = "a second document ('---') in one file"
                    remedy = "Make it one list, or two files."
                    self._fault(event, says, "It would not be read.", remedy)
                    break
                data = self._node(next(self.events), 0)
        return data

    def _node(self, event: Any, depth: int) -> Any:
        if isinstance(event, AliasEvent):
            self._stop(event, "an alias ('*')", f"Write the value out. {_TEXT}")
        if event.anchor is not None:
            remedy = f"Write the value out where it is needed. {_TEXT}"
            self._fault(event, "an anchor ('&')", "Files hold what they mean.", remedy)
        if event.tag is not None:
            self._fault(event, "a tag ('!')", "Files hold plain data.", f"Leave it out. {_TEXT}")
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if depth >= MAX_DEPTH:
            self._stop(event, f"nested deeper than {MAX_DEPTH} levels", "Write it flatter.")
        if isinstance(event, SequenceStartEvent):
            return self._sequence(depth)
        return self._mapping(event, depth)

    def _scalar(self, event: ScalarEvent) -> Any:
        value: str = event.value
        if event.style or not event.implicit[0]:
            return value
        if value in AMBIGUOUS:
            says = f"'{value}' without quotes may be a word or a truth value"
            remedy = f"Write true or false, or '{value}' in quotes when the word is meant."
            self._fault(event, says, "Programs read it differently.", remedy)
        return plain_value(value)

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            if depth == 0:
                self.lines.append(spot_of(event)[0])
            items.append(self._node(event, depth + 1))
        return items

    def _mapping(self, start: MappingStartEvent, depth: int) -> dict[str, Any]:
        if depth == 0:
            self.lines.append(spot_of(start)[0])
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent) or event.tag or event.anchor:
                self._stop(event, "a key that is not a plain word", "Use one word as the key.")
            key: str = event.value
            if key in data:
                says = f"{quoted(key)} is written twice"
                self._fault(event, says, "Only one would count.", "Keep one of them.")
            data[key] = self._node(next(self.events), depth + 1)
        return data

    def _at(self, event: Event, says: str, consequence: str, remedy: str) -> Fault:
        line, column = spot_of(event)
        return Fault(f"{self.name}:{line}:{column}", says, consequence, remedy)

    def _fault(self, event: Event, says: str, consequence: str, remedy: str) -> None:
        self.faults.append(self._at(event, says, consequence, remedy))

    def _stop(self, event: Event, says: str, remedy: str) -> NoReturn:
        raise Unreadable(*self.faults, self._at(event, says, UNUSED, remedy))
