"""Sound files made unsound: cut, flipped, nested, swollen, retyped, and things that are no files.

Every change comes from one random generator, so that a seed and a number give the same file again.
What a client said stands only where a case keeps free text, and is known by :data:`CLIENT`.
"""

import copy
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import yaml

from nmt_expert.kb.yaml_reader import read_yaml

CLIENT = ("Zuleika", "Quixworth")
"""Words that only a client said: no message may repeat them."""
SAID = f"{CLIENT[0]} {CLIENT[1]}"
JUNK = (
    *(b"\x00", b"\x1b[2J", b"\x7f", b"\x9b31m", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\xf5"),
    *("\ufeff".encode(), "\u2028".encode(), "\u202e".encode(), "\u200b".encode(), b"\xc2\x85"),
    *(b"\t", b"\r", b"\r\n", b"\n", b"\n\n---\n", b"\n...\n", b"%YAML 9.9\n", b"#", b": ", b"- "),
    *(b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system ['true']", b"!x ", b"? [a]: b"),
    *(b"{", b"}", b"[", b"]", b'"', b"'", b"|", b">", b",", b"@", b"`", b"\\", b"\\ud800"),
    *(b"yes", b"null", b"12:30", b".nan", b"1e999999", b"0x1F", b"1_000", b"9" * 5000, b"-0"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, -(10**400), 1e308, "", " ", "no", "2026-13-45"),
    *([], {}, [[]], {"": {}}, [None], {"a": [1]}, ["x"] * 300, "x" * 5000, "9" * 5000, "-"),
    *("[/b][bold]", "\u202eabc", "a\u0301" * 50, "{}%s", "$muscle", "../../etc/passwd", "~"),
)
KEYS = ("", "finding", "schema", "answers", "x" * 5000, "__class__", "\u200b", "a b c", "$ref")

Change = Callable[[bytes, random.Random], bytes]


# Bytes


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _flipped(content: bytes, rng: random.Random) -> bytes:
    flipped = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if flipped:
            flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def _with_junk(content: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(content) + 1)
        content = content[:at] + rng.choice(JUNK) + content[at:]
    return content


def _moved(content: bytes, rng: random.Random) -> bytes:
    """A part taken out, or written twice."""
    first, last = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    part = content[first : min(last, first + 2000)]
    again = part if rng.random() < 0.5 else b""
    return content[:first] + again + again + content[first + len(part) :]


def _line_twice(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return b"".join(lines)


def _recoded(content: bytes, rng: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    coding = rng.choice(("utf-16", "utf-32", "utf-8-sig", "crlf", "cr", "nel"))
    ends = {"crlf": "\r\n", "cr": "\r", "nel": "\x85"}
    if coding in ends:
        return text.replace("\n", ends[coding]).encode()
    return text.encode(coding)


def _without_much(content: bytes, rng: random.Random) -> bytes:
    return rng.choice((b"", b" ", b"\n", b"\xef\xbb\xbf", b"null", b"~", b"[]", b"{}", b"0", b"#"))


def _swollen(content: bytes, rng: random.Random) -> bytes:
    size = rng.choice((10_000, 100_000, 900_000, 2_100_000))
    part = rng.choice((b"x", b" ", b"\n", b"- a\n", b"#", b"\xc3\xa9", b"9", b"{a: 1}\n", b'"'))
    if b"\n" in part and content.startswith(b"{"):  # a case a line: each is a refusal of its own
        size = 2000
    swelling = part * (size // len(part))
    return rng.choice((content + swelling, swelling + content, swelling))


def _deep(content: bytes, rng: random.Random) -> bytes:
    number = rng.choice((20, 41, 200, 20_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a": ', b"}"), (b"- ", b""), (b"? ", b"")))
    nest = opening * number + b"1" + closing * number
    return rng.choice((nest, content.rstrip() + b"\nextra: " + nest + b"\n"))


def _bomb(content: bytes, rng: random.Random) -> bytes:
    """Names that stand for names: nine lines that mean a thousand million."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    bomb = "\n".join(lines).encode() + b"\n"
    return rng.choice((bomb, content + bomb, b"&a [*a]", b"a: &a {<<: *a}\n" + content))


def _many(content: bytes, rng: random.Random) -> bytes:
    """A great many keys, or answers that nobody declared."""
    number = rng.choice((50, 1000, 6000))
    if rng.random() < 0.5:
        return content + "".join(f"key_{n}: {n}\n" for n in range(number)).encode()
    answers = [{"finding": f"nothing_{n}", "site": f"nowhere_{n}"} for n in range(number)]
    return json.dumps({"schema": "nmt.case/1", "answers": answers}).encode()


BYTES: tuple[Change, ...] = (
    *(_cut, _flipped, _with_junk, _moved, _line_twice, _recoded),
    *(_without_much, _swollen, _deep, _bomb, _many),
)


# Data


def _places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every part of a document."""
    if path:
        yield path
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from _places(data[key], (*path, key))


def _retyped(data: Any, rng: random.Random) -> Any:
    """One to three parts changed for something else, taken out, renamed or wrapped."""
    data = copy.deepcopy(data)
    for _ in range(rng.randint(1, 3)):
        places = list(_places(data))
        if not places:
            return rng.choice(VALUES)
        *above, last = rng.choice(places)
        holder = data
        for step in above:
            holder = holder[step]
        _changed(holder, last, rng)
    return data


def _changed(holder: Any, key: Any, rng: random.Random) -> None:
    match rng.randrange(5):
        case 0 | 1:
            holder[key] = copy.deepcopy(rng.choice(VALUES))
        case 2:
            del holder[key]
        case 3 if isinstance(holder, dict):
            holder[rng.choice((*KEYS, f"{key}x", str(key)[:-1]))] = holder.pop(key)
        case 3:
            holder.append(copy.deepcopy(holder[key]))
        case _:
            holder[key] = rng.choice(([holder[key]], {"a": holder[key]}, [holder[key]] * 2))


def _dumped(data: Any, as_: Literal["json", "line", "yaml"]) -> bytes:
    if as_ == "yaml":
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode("utf-8", "replace")
    text = json.dumps(data, indent=None if as_ == "line" else 1)
    return text.encode() + b"\n"


def malformed(content: bytes, rng: random.Random) -> bytes:
    """The content made unsound in one of many ways; now and then it is still sound."""
    if rng.random() < 0.45:
        text = content.decode("utf-8")
        lines = text.splitlines()
        if len(lines) > 1 and all(line.startswith("{") for line in lines):  # a case a line
            at = rng.randrange(len(lines))
            changed = _dumped(_retyped(json.loads(lines[at]), rng), "line").decode().rstrip()
            return "\n".join([*lines[:at], changed, *lines[at + 1 :], ""]).encode()
        is_json = text.startswith("{")
        data = json.loads(text) if is_json else read_yaml(text, "sound").data
        return _dumped(_retyped(data, rng), "json" if is_json else "yaml")
    return rng.choice(BYTES)(content, rng)


# No file at all


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _hole(path: Path) -> None:
    """A file that says it has three hundred megabytes."""
    path.touch()
    os.truncate(path, 300_000_000)


def _missing(path: Path) -> None:
    """Nothing is there."""


NO_FILES: tuple[Callable[[Path], None], ...] = (
    *(_folder, _pipe, _loop, _nowhere, _zeros, _hole, _missing),
)
