"""A prompt of the interview as a screen: all its words, how far it is, what was ticked before."""

from nmt_expert.interview import Interview, Prompt, Said, Words, why
from nmt_expert.interview.agenda import SAFETY
from nmt_expert.interview.ledger import single_sided
from nmt_expert.interview.preview import previews
from nmt_expert.interview.progress import Progress, progress_of
from nmt_expert.interview.words import SECTIONS, told_in_list
from nmt_expert.kb.referral_map import ReferralMap
from nmt_expert.kb.search import names_of
from nmt_expert.model.case import Answer, AnswerSide
from nmt_expert.model.difference_words import told
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Item
from nmt_expert.model.words import spoken_day
from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.terminal.alarm import named, withheld
from nmt_expert.terminal.asking import Choice, Row, Screen
from nmt_expert.terminal.grid import grid_of
from nmt_expert.terminal.places import felt_lines

ABSENT = "absent"
WHO = {"client": "ask the client", "therapist": "for the therapist"}


def screen_of(prompt: Prompt, interview: Interview, start: tuple[Answer, ...] = ()) -> Screen:
    """The screen for a prompt at this point of the interview."""
    return _screen(prompt, interview, start, progress_of(interview))


def _screen(
    prompt: Prompt, interview: Interview, start: tuple[Answer, ...], progress: Progress
) -> Screen:
    kb, words = interview.kb, Words(interview.kb)
    only = kb.findings[prompt.items[0].finding] if prompt.kind in ("choice", "number") else None
    choices = tuple(Choice(v, words.value(only, v)) for v in only.values) if only else ()
    bands = only.number if only else None
    maps = ReferralMap(kb)
    return Screen(
        prompt=prompt,
        title=words.title(prompt),
        section=SECTIONS[prompt.question.section],
        who=WHO[prompt.question.who],
        rows=tuple(_row(item, prompt, words, kb, maps) for item in prompt.items),
        lead=" ".join(part for part in (last_time(prompt, interview), words.lead(prompt)) if part),
        why=why(prompt, kb),
        progress=progress,
        choices=() if bands else choices,
        none=ABSENT if only and only.normal == ABSENT else "",
        chief=prompt.items[0].finding == kb.plan.complaint_finding,
        unit=bands.unit if bands else "",
        lowest=bands.min if bands else 0,
        highest=bands.max if bands else 0,
        start=_start(prompt, interview, start),
        before=_before(prompt, interview),
        noted=_noted(prompt, start),
        body=BodyChart.of(kb) if prompt.kind == "chart" else None,
        grid=grid_of(prompt, kb) if prompt.kind == "grid" else None,
        parts=tuple(_screen(one, interview, start, progress) for one in prompt.parts),
        alarm=alarm_of(interview),
        consequences=lambda key: consequences_of(key, prompt, interview),
    )


def consequences_of(key: str, prompt: Prompt, interview: Interview) -> tuple[str, ...]:
    """What each answer to one item would do, a paragraph an answer."""
    kb, words = interview.kb, Words(interview.kb)
    item = next(item for item in prompt.items if item.key == key)
    finding = kb.findings[item.finding]
    return tuple(
        f"{words.value(finding, one.value)}{f', {one.side}' if one.side else ''}: "
        + " ".join(told(one.difference, kb))
        for one in previews(interview, prompt, item)
    )


def alarm_of(interview: Interview) -> str:
    """The line that stays on every screen once an urgent flag was raised."""
    if not interview.urgent:
        return ""
    first = interview.urgent[0]
    label = interview.kb.urgencies[first.urgency].label.upper()
    return f"{label}: {named(first, interview.kb)}. {withheld(interview.urgent)}".rstrip()


def _row(item: Item, prompt: Prompt, words: Words, kb: KnowledgeBase, maps: ReferralMap) -> Row:
    finding = kb.findings[item.finding]
    site = kb.sites.get(item.places[0].site or "")
    name = words.name(item, prompt)
    story = words.reported(item) if prompt.kind == "grid" else ""
    names = (name, *(names_of(site) if site else finding.synonyms))
    regions = [kb.sites[part].label for part in site.part_of] if site else []
    return Row(
        key=item.key,
        name=name,
        question=words.question(item, prompt),
        help=(*words.help(item, prompt), story, *(felt_lines(site, maps) if site else ())),
        pick_side=item.pick_side,
        can_doubt=finding.unsure and finding.kind != "red_flag",
        alarming=finding.kind == "red_flag",
        group=regions[0] if regions and prompt.kind == "chart" else "",
        words=tuple(dict.fromkeys(word.lower() for word in names)),
        site=site.id if site else "",
        muscles=maps.muscles(site.id) if site and prompt.kind == "chart" else (),
    )


def _start(prompt: Prompt, interview: Interview, withdrawn: tuple[Answer, ...]) -> dict[str, Said]:
    """What was present before, where a prompt is asked once more."""
    known = withdrawn or (interview.ledger.answers if prompt.again else ())
    return _said_in(prompt, interview.kb, known)


def _said_in(prompt: Prompt, kb: KnowledgeBase, known: tuple[Answer, ...]) -> dict[str, Said]:
    """What these answers say of each item, in a list where it is not the normal value."""
    said: dict[str, Said] = {}
    outright = prompt.kind in ("choice", "number", "form")
    for item in prompt.items:
        normal = kb.findings[item.finding].normal
        told = [a for a in known if _is_about(a, item) and (outright or a.value != normal)]
        if told:
            side = _side(told) if item.pick_side else None
            said[item.key] = Said(told[0].value, side, told[0].sure)
    return said


def last_time(prompt: Prompt, interview: Interview) -> str:
    """What a prompt was answered at the visit that this one opens from; empty where it was not.

    What was told in private does not stand on a screen again.
    """
    plan = interview.narrowed
    then = plan.answered_then(prompt) if plan and not prompt.question.private else ()
    if plan is None or not then:
        return ""
    grid = prompt.kind == "grid"
    said = told_in_list(then, interview.kb) if grid else Words(interview.kb).told(prompt, then)
    return f"Last time ({spoken_day(plan.date)}): {said}."


def _before(prompt: Prompt, interview: Interview) -> dict[str, Said]:
    """What a safety question was answered last time: one key says that it is so again."""
    plan = interview.narrowed
    if plan is None or prompt.question.private or plan.stage(prompt) != SAFETY:
        return {}
    then = (a for a in plan.answered_then(prompt) if a.value not in NON_ANSWERS)
    return _said_in(prompt, interview.kb, tuple(then))


def _noted(prompt: Prompt, withdrawn: tuple[Answer, ...]) -> dict[str, str]:
    """The notes on what was withdrawn; they come back with it."""
    return {
        item.key: answer.note
        for item in prompt.items
        for answer in withdrawn
        if answer.note and _is_about(answer, item)
    }


def _is_about(answer: Answer, item: Item) -> bool:
    return answer.finding == item.finding and any(
        place.site == answer.site and answer.side in (place.side, "both") for place in item.places
    )


def _side(told: list[Answer]) -> AnswerSide | None:
    sides = {one.side for answer in told for one in single_sided(answer)}
    return "both" if len(sides) == 2 else next(iter(sides))
