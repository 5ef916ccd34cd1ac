"""Options that several commands share, named once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How an assessment is printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


class DepthName(StrEnum):
    """How deep reasons go."""

    sentence = "sentence"
    tree = "tree"
    full = "full"


JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
PlainFlag = Annotated[
    bool, typer.Option("--plain", help="Plain wrapped text, no boxes or colours.")
]
DepthOption = Annotated[
    DepthName,
    typer.Option("--depth", help="Reasons as a sentence, a tree down to the answers, or in full."),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to this private file (mode 0600)."),
]
CaseFile = Annotated[str, typer.Argument(metavar="FILE", help="A case file; - is standard input.")]
