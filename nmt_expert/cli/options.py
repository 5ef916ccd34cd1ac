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
    html = "html"
    soap = "soap"
    letter = "letter"
    csv = "csv"
    fhir = "fhir"


class Reader(StrEnum):
    """Whom a report is written for."""

    therapist = "therapist"
    client = "client"
    doctor = "doctor"


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
WantedDepthOption = Annotated[
    DepthName | None,
    typer.Option(
        "--depth",
        help="Reasons as a sentence, a tree down to the answers, or in full.",
        show_default="tree in html, else sentence",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What to print.")]
ReaderOption = Annotated[
    Reader,
    typer.Option("--for", help="A plain copy for the client, or a referral letter for a doctor."),
]
TraceFlag = Annotated[
    bool, typer.Option("--trace", help="With html: the whole trace on the same page, linked.")
]
UnfoldFlag = Annotated[
    bool, typer.Option("--unfold", help="With html: what is folded stands open, as for paper.")
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to this private file (mode 0600)."),
]
