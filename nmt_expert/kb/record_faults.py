"""A record that refuses its data, told as faults: place, what is wrong, and what would be right."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from nmt_expert.kb.marks import Path_
from nmt_expert.kb.nearest import did_you_mean, nearest
from nmt_expert.model.errors import Fault
from nmt_expert.model.text import quoted

Place = Callable[[Path_, bool], str]
"""Gives ``file:line:column`` for a path inside the entry, or for the key there."""

_LACKS = "missing"
_UNKNOWN_KEY = "extra_forbidden"
_SUGGESTED = 100
"""Keys that get a suggestion; an entry with more unknown ones is of another kind."""
_SHAPES = {
    "at_least": ("no condition", "finding, relation, candidate, band, all, any or at_least"),
    "advice": ("no outcome", "flag, caution, candidate, conclude, treat or advice"),
}
"""By the key that is missed when no key tells which shape was meant: what it is not, or may be."""


class _Problem(NamedTuple):
    """One complaint of the record, at the path where it is written."""

    path: Path_
    detail: ErrorDetails

    @property
    def key(self) -> str:
        return str(self.path[-1]) if self.path else ""

    @property
    def type(self) -> str:
        return self.detail["type"]


def record_faults(
    error: ValidationError, data: Any, place: Place, lost: str, of: str = ""
) -> list[Fault]:
    """Every fault of one entry (named by ``of``); ``lost`` says what it is not good for now."""
    known = known_keys(error.title)
    problems = [_Problem(_written_path(data, one["loc"]), one) for one in error.errors()]
    faults: dict[Path_, Fault] = {}
    for n, problem in enumerate(_telling(problems, known)):
        path = problem.path[:-1] if problem.type == _LACKS else problem.path
        says, remedy = _sentence(problem, known if n < _SUGGESTED else frozenset())
        where = place(path, problem.type == _UNKNOWN_KEY)
        faults.setdefault(problem.path, Fault(where, says + of, lost, remedy))
    return list(faults.values())


def _telling(problems: list[_Problem], known: frozenset[str]) -> Iterator[_Problem]:
    """The problems without those that only follow from another.

    A misspelt key makes another one missing and its neighbours unknown; a broken item makes its
    list look too short.
    """
    unknown = [one for one in problems if one.type == _UNKNOWN_KEY]
    misspelt = {
        one.path[:-1]
        for one in unknown[:_SUGGESTED]
        if one.key not in known and nearest(one.key, known)
    }
    shapeless = {one.path[:-1] for one in problems if _is_shapeless(one)}
    inside = {one.path[:n] for one in problems for n in range(len(one.path))}
    for one in problems:
        parent = one.path[:-1]
        follows = (
            (one.type == _LACKS and parent in misspelt)
            or (one.type == _UNKNOWN_KEY and parent in misspelt and one.key in known)
            or (one.type == _UNKNOWN_KEY and parent in shapeless - misspelt)
            or (one.type == "too_short" and one.path in inside)
            or (one.type == _LACKS and parent in shapeless and not _is_shapeless(one))
        )
        if not follows:
            yield one


def _is_shapeless(problem: _Problem) -> bool:
    return problem.type == _LACKS and problem.key in _SHAPES


def _written_path(data: Any, loc: tuple[str | int, ...]) -> Path_:
    """The path as it is written in the file: pydantic's, without the names of union members."""
    return max(_readings(data, loc, 0), key=lambda path: (path[-1:] == loc[-1:], len(path)))


def _readings(data: Any, loc: tuple[str | int, ...], at: int) -> Iterator[Path_]:
    """Every way to follow ``loc`` into ``data`` when some steps may be member names."""
    if at == len(loc):
        yield ()
        return
    step = loc[at]
    inside = isinstance(data, dict) and step in data
    if inside or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
        for rest in _readings(data[step], loc, at + 1):
            yield (step, *rest)
    held = str if isinstance(data, dict) else int
    if at == len(loc) - 1 and isinstance(data, dict | list) and isinstance(step, held):
        yield (step,)
    if isinstance(step, str):
        yield from _readings(data, loc, at + 1)


def _sentence(problem: _Problem, known: frozenset[str]) -> tuple[str, str]:
    """What is wrong and the remedy."""
    detail = problem.detail
    name, given, context = _name(problem.path), detail["input"], detail.get("ctx", {})
    match problem.type:
        case "missing" if problem.key in _SHAPES:
            what, shapes = _SHAPES[problem.key]
            return f"this is {what}", f"It holds one of {shapes}."
        case "missing":
            what = problem.key if isinstance(problem.path[-1], str) else "it"
            return f"{name} is missing", f"Add {what}."
        case "extra_forbidden" if problem.key in known:
            return f"{name} does not belong here", "Take it out."
        case "extra_forbidden":
            return f"unknown key {name}", did_you_mean(problem.key, known) or "Take it out."
        case "string_pattern_mismatch":
            return f"{name} cannot be {quoted(given)}", _form(str(context["pattern"]))
        case "literal_error":
            return _one_of(name, given, str(context["expected"]))
        case "too_short" if context["actual_length"]:
            least = context["min_length"]
            return f"{name} has fewer than {least} items", f"It needs {least} at least."
        case "too_short" | "string_too_short":
            return f"{name} is empty", "Fill it in, or leave the key out if it may be left out."
        case "too_long":
            return f"{name} has more than {context['max_length']} items", "Leave some out."
        case "string_too_long":
            return f"{name} is longer than {context['max_length']} characters", "Shorten it."
        case "less_than_equal":
            return f"{name} cannot be {quoted(given)}", f"It may be {context['le']:g} at most."
        case "greater_than_equal":
            return f"{name} cannot be {quoted(given)}", f"It must be {context['ge']:g} at least."
    if problem.type in _TYPES:
        wanted, remedy = _TYPES[problem.type]
        return f"{name} must be {wanted}, not {_kind(given)}", remedy
    message = detail["msg"].removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}", "Compare with an entry that works."


def _name(path: Path_) -> str:
    """The last key of a path in quotes, with the position when it is an item of a list."""
    if not path:
        return "the entry"
    if isinstance(path[-1], str):
        return quoted(path[-1])
    keys = [step for step in path if isinstance(step, str)]
    return f"item {path[-1] + 1} of {quoted(keys[-1])}" if keys else f"item {path[-1] + 1}"


def _kind(value: Any) -> str:
    """What was written, in a word."""
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), "nothing" if value is None else "that")


_NUMBER = ("a number", "Write a plain number.")
_TYPES = {
    "string_type": ("text", "Put it in quotes."),
    "tuple_type": ("a list", "Write it in [square brackets]."),
    "dict_type": ("a mapping", "Write it as key: value."),
    "model_type": ("a mapping", "Write it as key: value."),
    "model_attributes_type": ("a mapping", "Write it as key: value."),
    "bool_parsing": ("true or false", "Write true or false."),
    "bool_type": ("true or false", "Write true or false."),
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": ("a whole number", "Round it."),
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
}
"""By the record's complaint: what is wanted, and the remedy."""


def _form(pattern: str) -> str:
    """A remedy for text of the wrong form."""
    if "_.-" in pattern:
        return "Use letters, digits, '-', '_' and '.', at most 40."
    if r"\$" in pattern:
        return "Write an id in lower_snake_case, or a variable such as $muscle."
    if "a-z0-9-" in pattern:
        return "Write it in lower case with hyphens: del18, nmt-overview-1."
    if "_" in pattern:
        return "Write it in lower_snake_case."
    return f"It must match {pattern}."


def _one_of(name: str, given: Any, expected: str) -> tuple[str, str]:
    """A value outside a closed set, with the nearest right one."""
    words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(", ")]
    near = nearest(str(given), words)
    listed = f"It may be {', '.join(words[:-1])} or {words[-1]}."
    remedy = listed if len(words) > 1 else f"Write {words[0]}."
    says = f"{name} cannot be {quoted(given)}"
    return says, f"Did you mean {near[0]!r}? {remedy}" if near else remedy


@lru_cache(maxsize=64)
def known_keys(record: str) -> frozenset[str]:
    """Every key that may occur anywhere in a record of this name."""
    found = next((one for one in _all_records(BaseModel) if one.__name__ == record), None)
    if found is None:
        return frozenset()
    return frozenset(_properties(found.model_json_schema(by_alias=True)))


def _all_records(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in base.__subclasses__():
        yield one
        yield from _all_records(one)


def _properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        for part in schema.values():
            yield from _properties(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _properties(part)
