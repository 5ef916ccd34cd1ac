"""A page as a reader meets it: its elements, its visible text, and what a browser says of it."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "path", "polyline", "line", "rect", "circle"}
"""Elements without an end tag, as the templates write them."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Element:
    """One element with its attributes, its parent, and all the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    parent: "Element | None"
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())


class Page(HTMLParser):
    """A page parsed into its elements, in document order; fails where tags are not balanced."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert not self._open, [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag}: an attribute twice"
        parent = self._open[-1] if self._open else None
        element = Element(tag, dict(attrs), parent)
        self.all.append(element)
        if parent:
            parent.children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open[-1].tag == tag, (self._open[-1].tag, tag)
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def of(self, tag: str) -> list[Element]:
        return [element for element in self.all if element.tag == tag]

    @cached_property
    def ids(self) -> list[str]:
        return [str(e.attributes["id"]) for e in self.all if "id" in e.attributes]

    @property
    def lines(self) -> list[str]:
        """The text of every line of the document, in the order of the page."""
        return [e.text for e in self.of("span") if e.classes & TONES]


TONES = {"normal", "alarm", "caution", "good", "quiet"}


def chromium() -> str | None:
    """A browser that can be driven, where this machine has one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def browse(page: str, folder: Path, *flags: str) -> "subprocess.CompletedProcess[str]":
    """Open a page in the browser, without a window and without a network."""
    browser = chromium()
    assert browser
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [browser, "--headless", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--enable-logging=stderr", "--virtual-time-budget=20000", *sandbox, *flags]
    return subprocess.run(
        [*command, file.as_uri()], capture_output=True, text=True, timeout=120, check=False
    )


def without_policy(page: str) -> str:
    """The page as a test needs it that runs a script of its own in it."""
    return re.sub(r"<meta http-equiv[^>]*>", "", page)
