"""``review rules``: the drafts that wait for a signature, and signing one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.confirming import now
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import JsonFlag, PlainFlag
from nmt_expert.cli.reviewing import (
    NameOption,
    QualificationOption,
    qualified,
    reviewer,
)
from nmt_expert.cli.setup import Setup
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import Fault

if TYPE_CHECKING:
    from nmt_expert.review.queue import Review

MOST = 20
"""How many drafts are listed unless all are asked for."""
RulesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[RULE|WORDS]...", help="One rule, or words that must all occur."),
]
SignFlag = Annotated[bool, typer.Option("--sign", help="Sign the rule as it is now.")]


def rules(
    ctx: typer.Context,
    words: RulesArgument = None,
    sign: SignFlag = False,
    said: Annotated[str | None, typer.Option("--words", help="What to note beside it.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="List every draft.")] = False,
    name: NameOption = None,
    qualification: QualificationOption = None,
    json: JsonFlag = False,
    plain: PlainFlag = False,
) -> None:
    """Rules that nobody signed as they are now: the most urgent and most used first.

    A rule named in full is shown with its sources, examples and limits; --sign signs it. The
    signature holds for the text that was read: an edited rule is open again.

    \b
    Examples:
      nmt-expert review rules cauda equina
      nmt-expert review rules red_flags.spine.cauda_equina_any_sign
    """
    setup: Setup = ctx.obj
    wanted = words or []
    one = wanted[0] if len(wanted) == 1 and wanted[0] in setup.kb.rules else None
    if sign:
        _sign(setup, one, said, reviewer(setup, name), qualified(setup, qualification))
    elif one:
        _show(setup, one, plain)
    else:
        _list(setup, wanted, all_, json)


def _list(setup: Setup, words: list[str], all_: bool, json: bool) -> None:
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.reviews import rules_report
    from nmt_expert.review.rule_queue import waiting_rules

    waiting = waiting_rules(setup.kb, _reviews(setup), words)
    if json:
        emit(as_json(waiting))
    else:
        print_reports([rules_report(waiting, setup.kb, None if all_ else MOST)])


def _show(setup: Setup, rule: str, plain: bool) -> None:
    """The card of a rule, with how often it fired and what reviewers said of it."""
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports.cards.rule import rule_card
    from nmt_expert.reports.reviews import with_use
    from nmt_expert.review.scorecards import scorecards

    kb = setup.kb
    cards = scorecards(_reviews(setup), kb.factors).rules
    used = next((card for card in cards if card.rule == rule), None)
    card = rule_card(kb, kb.rules[rule], kb.places.get(f"rule:{rule}", ""))
    print_reports([with_use(card, used, kb)], plain=plain)


def _sign(setup: Setup, rule: str | None, said: str | None, name: str, qualification: str) -> None:
    from nmt_expert.kb import knowledge_folder, load, overlay_folder
    from nmt_expert.kb.reviews_file import sign_rule
    from nmt_expert.model.review import RuleSignature

    if rule is None:
        says = "signing needs one rule, named in full"
        remedy = "List them: nmt-expert review rules WORDS"
        raise WrongUsage(str(Fault("review rules", says, "Nothing was signed.", remedy)))
    base, overlay = setup.settings.knowledge_base, setup.settings.overlay
    version = setup.kb.rules[rule].version
    signature = RuleSignature(
        version=version, name=name, qualification=qualification, date=now()[:10], words=said
    )
    folder = knowledge_folder(base)
    path: Path = sign_rule(setup.kb, rule, signature, folder, overlay_folder(overlay))
    status = load(base, overlay).rules[rule].status
    print(f"{rule}: signed by {name}, {qualification}, version {version}; now {status}.")
    print(f"Written to {path}.")


def _reviews(setup: Setup) -> "tuple[Review, ...]":
    with opened(setup) as store:
        return store.reviews.every()
