"""An interview begins: a new one, a delta visit, somebody's case, or one that was left."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nmt_expert.assessment import reason
from nmt_expert.interview import SETTINGS, Interview, Step
from nmt_expert.interview.agenda import Agenda
from nmt_expert.interview.delta import agenda, carried
from nmt_expert.interview.handed import CARRIED, by_prompt, taken_over
from nmt_expert.interview.session import ACTIVITIES
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import CODE, Answer, Case, Client
from nmt_expert.model.errors import StoreProblem
from nmt_expert.model.words import counted
from nmt_expert.records import InterviewId, Store, StoredInterview, Summary
from nmt_expert.records.past import earlier_visits
from nmt_expert.terminal.asking import Choice
from nmt_expert.terminal.desk import Desk
from nmt_expert.terminal.visits import confirmed, is_delta, treatment_lines

CODE_WRONG = "Letters, digits, dot, dash or underscore, no name is needed: C-001."
NOT_ASSUMED = "What the file does not list is asked, and not taken as normal."


def begun(desk: Desk, code: str | None, *, quick: bool, handed: Case | None) -> Interview:
    """A new interview, or an unfinished one of the client that the person chooses to go on with.

    A known client's visit opens from the last one, if that is wanted; ``handed`` is gone on with.
    """
    code = _code(desk, code or (handed.client.code if handed else None))
    unfinished = () if handed else desk.store.unfinished(code)
    if unfinished:
        chosen = desk.asker.choose(_unfinished(code), _as_choices(unfinished))
        if chosen:
            return gone_on(desk, chosen)
    past = desk.store.past(code, desk.today)
    delta = bool(past) and not handed and is_delta(desk.asker, desk.page, past[-1])
    started = _started(
        desk, code, past, since=past[-1].id if delta else None, quick=quick, handed=handed
    )
    new = desk.kept(_interview(desk, started), Step(SETTINGS, _licence(desk)))
    if handed:
        return _taken_over(desk, new, handed)
    return _carried(desk, new) if new.narrowed else new


def gone_on(desk: Desk, wanted: str) -> Interview:
    """An unfinished interview as it was left; the newest when none is named."""
    found = InterviewId(wanted) if wanted else _newest(desk.store)
    desk.store.hold(found, desk.clock())
    desk.current = found
    state = desk.store.state(found)
    if state.kb_sha256 != desk.kb.sha256:
        desk.page.line("The knowledge base has changed since this was begun.", "caution")
    steps = tuple(
        Step(p.prompt, p.standing.answers, activities=p.standing.activities) for p in state.prompts
    )
    first = tuple(step for step in steps if step.prompt == SETTINGS)
    rest = tuple(step for step in steps if step.prompt != SETTINGS)
    desk.page.line(f"Going on with {found}: {len(rest)} answered.")
    return _interview(desk, found, first + rest)


def opened_from(desk: Desk, interview: Interview) -> Assessment | None:
    """The assessment that a delta visit opens from; None for any other visit."""
    since = desk.store.state(InterviewId(interview.name)).since
    return desk.store.assessment(InterviewId(since)) if since else None


def _code(desk: Desk, code: str | None) -> str:
    if code and not re.fullmatch(CODE, code):
        desk.page.line(f"That is no client code. {CODE_WRONG}")
        code = None
    return code or desk.asker.write("Client code:", pattern=CODE, wrong=CODE_WRONG)


def _started(
    desk: Desk,
    code: str,
    past: Sequence[StoredInterview],
    *,
    since: str | None,
    quick: bool,
    handed: Case | None,
) -> InterviewId:
    known = handed.client if handed else past[-1].client if past else Client()
    earlier = {visit.date: visit for visit in handed.earlier} if handed else {}
    earlier |= {visit.date: visit for visit in earlier_visits(past, desk.kb)}
    desk.current = desk.store.start(
        known.model_copy(update={"code": code, "age": None}),
        quick=quick,
        kb_version=desk.kb.version,
        kb_sha256=desk.kb.sha256,
        at=desk.clock(),
        date=desk.today,
        since=since,
        earlier=tuple(earlier[day] for day in sorted(earlier) if day < desk.today),
        number=handed.visit.number if handed else 1,
    )
    return desk.current


def _interview(desk: Desk, name: InterviewId, steps: tuple[Step, ...] = ()) -> Interview:
    state = desk.store.state(name)
    return Interview.begin(
        desk.kb,
        desk.engine,
        client=state.client,
        visit=state.visit,
        name=state.id,
        quick=state.quick,
        private=desk.settings.private_checklist,
        steps=steps,
        agenda=_agenda(desk, state),
        earlier=state.earlier,
        complaint=state.complaint.text,
    )


def _agenda(desk: Desk, state: StoredInterview) -> Agenda | None:
    """What a delta visit asks again; None for any other."""
    if state.since is None:
        return None
    last = desk.store.assessment(InterviewId(state.since))
    then = reason(last.case, desk.kb, desk.engine)
    return agenda(last, state.earlier, desk.kb, then.instances)


def _carried(desk: Desk, interview: Interview) -> Interview:
    """What was done, and what of the history still holds, each list a step of its own."""
    last = opened_from(desk, interview)
    assert last is not None
    desk.page.gap()
    desk.page.line("What was done:", "title")
    for line in treatment_lines(interview.earlier, desk.kb):
        desk.page.line(f"- {line}")
    told = carried(last, desk.kb, interview.visit.number, desk.today)
    lists = by_prompt(CARRIED, told, desk.kb)
    held = confirmed(desk.asker, desk.page, lists, desk.kb, last.case.visit.date or "")
    steps = (
        Step(name, tuple(a.model_copy(update={"at": desk.clock()}) for a in answers))
        for name, answers in held.items()
    )
    return desk.kept(interview, *steps)


def _taken_over(desk: Desk, interview: Interview, handed: Case) -> Interview:
    """The answers of somebody's case file, each with who gave it."""
    told = taken_over(handed, desk.kb)
    desk.page.line(f"Taken over: case {handed.id}, {counted(len(handed.answers), 'answer')}.")
    if handed.otherwise == "normal":
        desk.page.line(NOT_ASSUMED, "caution")
    desk.keeper(interview).note(f"Taken over from case {handed.id}.")
    steps = [Step(name, answers) for name, answers in told.items()]
    if handed.activities:
        steps.append(Step(ACTIVITIES, (), activities=handed.activities))
    return desk.kept(replace(interview, complaint=handed.complaint.text), *steps)


def _newest(store: Store) -> InterviewId:
    unfinished = store.unfinished()
    if not unfinished:
        raise StoreProblem(
            "There is no unfinished interview in the record store. Begin one: nmt-expert interview."
        )
    return InterviewId(unfinished[0].id)


def _licence(desk: Desk) -> tuple[Answer, ...]:
    """The licence as an answer, so that the question need not be asked."""
    licence = desk.settings.stretching_licence
    if licence is None:
        return ()
    finding = desk.kb.plan.licence_finding
    return (Answer(finding=finding, value=licence, by="settings", at=desk.clock()),)


def _unfinished(code: str) -> str:
    return f"{code} has an unfinished interview."


def _as_choices(unfinished: tuple[Summary, ...]) -> tuple[Choice, ...]:
    going_on = (
        Choice(
            one.id, f"Go on with {one.id} (last answer {one.last_at[:16].replace('T', ' ')} UTC)"
        )
        for one in unfinished[:5]
    )
    return (*going_on, Choice("", "Begin a new one"))
