"""``kb``: verify, read and count the knowledge base."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.kb_export import export
from nmt_expert.cli.options import JsonFlag, PlainFlag
from nmt_expert.cli.replay import diff
from nmt_expert.cli.setup import Setup, noted
from nmt_expert.model.errors import Fault, NmtError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmt_expert.model.base import Record
    from nmt_expert.reports import Report

group = typer.Typer(
    help="Verify, read and count the knowledge base.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Words = Annotated[
    list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words that must all occur.")
]
EntryId = Annotated[
    str, typer.Argument(metavar="NAME", help="An id, a label, a synonym or an abbreviation.")
]


@group.command("check")
def check(
    ctx: typer.Context,
    all_warnings: Annotated[
        bool, typer.Option("--all", help="Print every warning, also the many of one kind.")
    ] = False,
) -> None:
    """Verify everything and print every fault.

    Each fault says its place, what is wrong, the consequence and the remedy.

    \b
    Examples:
      nmt-expert kb check
      nmt-expert --kb my_copy kb check
    """
    import sys

    from nmt_expert.cli.kb_test import shortened
    from nmt_expert.kb import examine
    from nmt_expert.model.errors import KnowledgeBaseInvalid

    with noted("Checking the knowledge base"):
        found = examine(ctx.obj.settings.knowledge_base, ctx.obj.settings.overlay)
    for warning in found.warnings if all_warnings else shortened(found.warnings):
        print(f"warning: {warning}", file=sys.stderr)
    if found.kb is None:
        raise KnowledgeBaseInvalid(list(found.errors))
    kb = found.kb
    print(
        f"Sound: {len(kb.rules)} rules, {len(kb.findings)} findings, {len(kb.sites)} sites, "
        f"{len(kb.questions)} questions; version {kb.version}, sha256 {kb.sha256[:12]}; "
        f"{f'overlay {kb.overlay}; ' if kb.overlay else ''}{len(found.warnings)} warnings."
    )


@group.command("test")
def try_rules(
    ctx: typer.Context,
    places: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Case files, or folders that hold some."),
    ] = None,
    json: JsonFlag = False,
    only_examples: Annotated[
        bool, typer.Option("--examples", help="Only the examples that stand with the rules.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes to spread it over; as many as there are processors."),
    ] = None,
) -> None:
    """Try the rules on their own examples and on whole cases.

    Each rule must fire in its example and not in its near miss, each case end as it expects, and no
    rule be left that nothing fires, or nothing brings within one condition of firing. Without a
    file: tests/cases and examples beside the knowledge base, and cases of the overlay.

    \b
    Examples:
      nmt-expert kb test
      nmt-expert kb test my_cases/neck.yml
      nmt-expert kb test --examples --json
    """
    from nmt_expert.assessment.trials import try_all
    from nmt_expert.cli.kb_test import case_files, default_folders, print_trials
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.setup import counted, processors

    setup: Setup = ctx.obj
    cases = [] if only_examples else case_files(places or default_folders(setup))
    base, overlay = setup.settings.knowledge_base, setup.settings.overlay
    with counted("Trying examples and cases") as told:
        trials = try_all(base, overlay, cases, jobs or processors(), told)
    if json:
        from nmt_expert.reports import as_json

        emit(as_json(trials))
    else:
        print_trials(trials)
    if not trials.passed:
        raise typer.Exit(exit_codes.FAILED)


group.command("diff")(diff)
group.command("export")(export)


@group.command("findings")
def findings(ctx: typer.Context, words: Words = None, json: JsonFlag = False) -> None:
    """What may be asked, by words.

    \b
    Examples:
      nmt-expert kb findings
      nmt-expert kb findings arm numb
      nmt-expert kb findings --json
    """
    from nmt_expert.reports.catalogue import findings_report, matching_findings

    found = matching_findings(ctx.obj.kb, words or [])
    _print(findings_report(found), json, found)


@group.command("rules")
def rules(ctx: typer.Context, words: Words = None, json: JsonFlag = False) -> None:
    """The rules, by words, with their labels.

    \b
    Examples:
      nmt-expert kb rules
      nmt-expert kb rules cauda equina
    """
    from nmt_expert.reports.catalogue import matching_rules, rules_report

    found = matching_rules(ctx.obj.kb, words or [])
    _print(rules_report(found), json, found)


@group.command("show")
def show(
    ctx: typer.Context, name: EntryId, json: JsonFlag = False, plain: PlainFlag = False
) -> None:
    """One entry as a card: what it means, how to examine it, what makes it matter, who says so.

    A finding, site, rule, conclusion, flag, technique, measure, advice, factor, relation, question
    or source, by its id, label, synonym or abbreviation. JSON is of the shape nmt.cards/1.

    \b
    Examples:
      nmt-expert kb show taut_band
      nmt-expert kb show SCM
      nmt-expert kb show red_flags.spine.cauda_equina_any_sign
    """
    from nmt_expert.cli.cards import meant
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.cards import card, cards_record

    kb = ctx.obj.kb
    found = meant(kb, name)
    if json:
        emit(as_json(cards_record(kb, name, found)))
    else:
        print_reports([card(kb, named) for named in found], plain=plain)


@group.command("stats")
def stats(ctx: typer.Context, json: JsonFlag = False) -> None:
    """How much there is and how well it stands.

    \b
    Example:
      nmt-expert kb stats --json
    """
    from nmt_expert.reports.catalogue import statistics, statistics_report

    counts = statistics(ctx.obj.kb)
    _print(statistics_report(counts), json, counts)


@group.command("schema")
def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Leave out to list the schemas.")
    ] = None,
) -> None:
    """A JSON Schema for editors and scripts.

    \b
    Examples:
      nmt-expert kb schema
      nmt-expert kb schema assessment > assessment.schema.json
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.kb.nearest import did_you_mean
    from nmt_expert.kb.schemas import as_text, json_schemas

    schemas = json_schemas()
    if name is None:
        print("\n".join(sorted(schemas)))
        return
    if name not in schemas:
        fault = Fault("kb schema", f"there is no schema {name[:80]!r}", did_you_mean(name, schemas))
        raise NmtError(str(fault))
    emit(as_text(schemas[name]))


def _print(report: "Report", json: bool, records: "Record | Sequence[Record]") -> None:
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json

    if json:
        emit(as_json(records))
    else:
        print_reports([report])
