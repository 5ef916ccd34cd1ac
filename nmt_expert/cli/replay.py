"""``kb diff`` and ``review replay``: cases on two versions of the knowledge."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.confirming import now
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import JsonFlag
from nmt_expert.cli.setup import Setup, counted, processors
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import Fault, NmtError

if TYPE_CHECKING:
    from nmt_expert.model.assessment import Assessment
    from nmt_expert.model.knowledge import KnowledgeBase
    from nmt_expert.reports import Report
    from nmt_expert.review.replay import Replayed
    from nmt_expert.review.rerun import Rerun, Version, Work

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE]...", help="Case files, or folders that hold some."),
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, help="Processes to spread it over; as many as there are processors."),
]
All = Annotated[bool, typer.Option("--all", help="Tell every entry and every case.")]
OldArgument = Annotated[str, typer.Argument(metavar="OLD", help="A knowledge base, or an overlay.")]
NewArgument = Annotated[str, typer.Argument(metavar="NEW", help="The one to compare with it.")]


def diff(
    ctx: typer.Context,
    old: OldArgument,
    new: NewArgument,
    places: Files = None,
    no_cases: Annotated[bool, typer.Option("--no-cases", help="Replay nothing.")] = False,
    all_: All = False,
    json: JsonFlag = False,
    jobs: Jobs = None,
) -> None:
    """Compare two versions of the knowledge, and what the cases come to on both.

    Each may be a whole knowledge base, or an overlay that lies over the one in force. A referral
    that is lost, or less urgent, ends with 6.

    \b
    Examples:
      nmt-expert kb diff . my_copy
      nmt-expert kb diff . my_clinic tests/cases/clients --no-cases
    """
    from nmt_expert.review.entries import entry_changes

    setup: Setup = ctx.obj
    before, after = _version(old, setup), _version(new, setup)
    was, is_ = _loaded(before), _loaded(after)
    changes = entry_changes(was, is_)
    replayed = None
    if not no_cases:
        work = _files(setup, places)
        replayed = _on_both((before, was), (after, is_), work, jobs)
    if json:
        from nmt_expert.cli.output import emit
        from nmt_expert.reports import as_json

        emit(as_json((*changes, *(one for one in replayed or () if one.differences))))
    else:
        from nmt_expert.reports.replay import diff_report

        _print(diff_report(changes, replayed, _places(was, is_), all_))
    _end(replayed or (), strict=False)


def replay(
    ctx: typer.Context,
    places: Files = None,
    old: Annotated[
        str | None, typer.Option(metavar="DIR", help="The version before; else each record's own.")
    ] = None,
    new: Annotated[
        str | None, typer.Option(metavar="DIR", help="The version after; else the one in force.")
    ] = None,
    stored: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Compare case files with the results kept here."),
    ] = None,
    accept: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Keep the new results, with the reason for it."),
    ] = None,
    all_: All = False,
    json: JsonFlag = False,
    jobs: Jobs = None,
) -> None:
    """Run records and cases anew, and tell every one that ends differently, with the rule that did.

    Without options: each stored record beside what it came to on its day. With --old: records and
    cases on two versions. With --stored: case files beside the results kept in a folder; a change
    that is meant is accepted with a reason. A referral that is lost ends with 6.

    \b
    Examples:
      nmt-expert review replay
      nmt-expert review replay --old last_year
      nmt-expert review replay --stored tests/replay
    """
    setup: Setup = ctx.obj
    if accept is not None and (stored is None or not accept.strip()):
        fault = Fault(
            "review replay",
            "--accept keeps results, so it needs --stored and a reason",
            "Nothing was done.",
        )
        raise WrongUsage(str(fault))
    if stored is not None:
        found, shown = _against(setup, stored, places, accept, jobs)
    elif old is not None:
        found, shown = _versions(setup, old, new, places, jobs)
    else:
        found, shown = _of_records(setup, new, jobs)
    if json:
        from nmt_expert.cli.output import emit
        from nmt_expert.reports import as_json

        emit(as_json(found))
    else:
        from nmt_expert.reports.replay import replay_report

        _print(replay_report(found, shown, all_))
    if accept is None:
        _end(found, strict=stored is not None)


def _versions(
    setup: Setup, old: str, new: str | None, places: list[Path] | None, jobs: int | None
) -> "tuple[tuple[Replayed, ...], Mapping[str, str]]":
    """Stored records and case files on two versions."""
    before, after = _version(old, setup), _version(new, setup)
    was, is_ = _loaded(before), _loaded(after)
    work: list[Work] = [*(one.case for one in _records(setup)), *_files(setup, places)]
    return _on_both((before, was), (after, is_), work, jobs), _places(was, is_)


def _of_records(
    setup: Setup, new: str | None, jobs: int | None
) -> "tuple[tuple[Replayed, ...], Mapping[str, str]]":
    """Each record beside what it came to on its day."""
    from nmt_expert.review.versions import beside_records

    version, kept = _version(new, setup), _records(setup)
    kb = _loaded(version)
    runs = _run(version, [one.case for one in kept], jobs)
    return beside_records(kept, runs, kb), _places(kb)


def _against(
    setup: Setup, folder: Path, places: list[Path] | None, why: str | None, jobs: int | None
) -> "tuple[tuple[Replayed, ...], Mapping[str, str]]":
    """Case files beside the results that are kept in a folder; with a reason they are renewed."""
    from nmt_expert.model.text import clean
    from nmt_expert.review.entries import fingerprints
    from nmt_expert.review.results import Accepted, names_of, read_results
    from nmt_expert.review.versions import beside_kept, keep

    kept, marks = read_results(folder), fingerprints(setup.kb)
    names = names_of(_files(setup, places))
    runs = _run(_version(None, setup), [*names], jobs)
    by_name = dict(zip(names.values(), runs, strict=True))
    found = beside_kept(kept, by_name, marks, whole=not places)
    if why is not None:
        keep(folder, by_name, marks, Accepted(date=now()[:10], why=clean(why)), found)
    return found, _places(setup.kb)


def _on_both(
    before: "tuple[Version, KnowledgeBase]",
    after: "tuple[Version, KnowledgeBase]",
    work: "Sequence[Work]",
    jobs: int | None,
) -> "tuple[Replayed, ...]":
    from nmt_expert.review.versions import on_both

    with counted("Replaying") as told:
        return on_both(before, after, work, jobs or processors(), told)


def _run(version: "Version", work: "Sequence[Work]", jobs: int | None) -> "list[Rerun]":
    from nmt_expert.review.rerun import rerun

    with counted("Replaying") as told:
        return list(rerun(version, work, jobs or processors(), told))


def _files(setup: Setup, places: list[Path] | None) -> list[Path]:
    from nmt_expert.cli.kb_test import case_files, default_folders

    return case_files(places or default_folders(setup))


def _records(setup: Setup) -> "list[Assessment]":
    with opened(setup) as store:
        return [one.assessment for one in store.reviews.every()]


def _version(text: str | None, setup: Setup) -> "Version":
    """A version as it is named: a whole knowledge base, an overlay, or nothing: what is in force.

    Raises:
        NmtError: it is neither.
    """
    from nmt_expert.review.rerun import Version

    base, overlay = setup.settings.knowledge_base, setup.settings.overlay
    if text is None:
        return Version(folder=base, overlay=overlay)
    folder = Path(text)
    if (folder / "knowledge" / "version.yml").is_file():
        return Version(folder=folder, overlay=overlay)
    if (folder / "knowledge").is_dir() or (folder / "rules").is_dir():
        return Version(folder=base, overlay=folder)
    fault = Fault(
        text[:200],
        "neither a knowledge base nor an overlay is here",
        "Nothing was compared.",
        "Name a folder that holds knowledge/ or rules/.",
    )
    raise NmtError(str(fault))


def _loaded(version: "Version") -> "KnowledgeBase":
    from nmt_expert.kb import load

    return load(version.folder, version.overlay)


def _places(*versions: "KnowledgeBase") -> dict[str, str]:
    """Where each entry stands; the later version counts."""
    return {entry: place for kb in versions for entry, place in kb.places.items()}


def _print(report: "Report") -> None:
    from nmt_expert.cli.printing import print_reports

    print_reports([report])


def _end(replayed: "Sequence[Replayed]", *, strict: bool) -> None:
    """6 when a referral was lost; with ``strict`` any other change is a failure too."""
    if any(one.lost for one in replayed):
        raise typer.Exit(exit_codes.REFERRAL_LOST)
    if strict and any(one.differences for one in replayed):
        raise typer.Exit(exit_codes.FAILED)
