"""The present state of an interview, by reading its journal from the start."""

from collections.abc import Iterable

from nmt_expert.model.visit import Impression
from nmt_expert.records.entries import Done, Entry, Noted, Standing, Started
from nmt_expert.records.views import AnsweredPrompt, InterviewNote, StoredInterview


class PromptHistory:
    """What was answered to each prompt, oldest first, and which prompts are parked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._given: dict[str, list[AnsweredPrompt]] = {}
        self._parked: set[str] = set()
        self._place: dict[str, int] = {}
        for entry in entries:
            if entry.prompt is not None:
                self._take(entry, entry.prompt)

    def standing(self, prompt: str) -> Standing | None:
        """How a prompt stands now; None when it has no answer."""
        newest = self._newest(prompt)
        return newest.standing if newest else None

    def before_last(self, prompt: str) -> Standing | None:
        """How a prompt would stand if its last answers had not been given."""
        given = self._given.get(prompt, [])
        return given[-2].standing if len(given) > 1 else None

    def answered(self) -> tuple[AnsweredPrompt, ...]:
        """Every prompt that stands answered, in the order of asking: a correction moves nothing."""
        newest = [found for prompt in self._given if (found := self._newest(prompt))]
        return tuple(sorted(newest, key=lambda found: self._place[found.prompt]))

    def _newest(self, prompt: str) -> AnsweredPrompt | None:
        given = self._given.get(prompt)
        if not given:
            return None
        standing = given[-1].standing.model_copy(update={"parked": prompt in self._parked})
        return given[-1].model_copy(update={"standing": standing})

    def _take(self, entry: Entry, prompt: str) -> None:
        match entry.what:
            case "answered" | "corrected":
                self._parked.discard(prompt)
                self._given.setdefault(prompt, []).append(_answered(entry, prompt))
                if entry.what == "answered" or prompt not in self._place:
                    self._place[prompt] = entry.n
            case "withdrawn":
                self._parked.discard(prompt)
                self._given[prompt].pop()
            case "parked":
                self._parked.add(prompt)
            case "brought_back":
                self._parked.discard(prompt)


def _answered(entry: Entry, prompt: str) -> AnsweredPrompt:
    standing = Standing.model_validate(entry.content)
    return AnsweredPrompt(prompt=prompt, standing=standing, n=entry.n, at=entry.at, by=entry.by)


def replay(entries: tuple[Entry, ...]) -> StoredInterview:
    """The interview that a whole journal tells of."""
    first = entries[0]
    started = Started.model_validate(first.content)
    finished, thought, treated = (
        _newest(entries, what) for what in ("finished", "thought", "treated")
    )
    return StoredInterview(
        id=first.interview,
        **{name: getattr(started, name) for name in Started.model_fields},
        started=first.at,
        finished=finished.at if finished else None,
        prompts=PromptHistory(entries).answered(),
        notes=tuple(_note(entry) for entry in entries if entry.what == "noted"),
        impression=Impression.model_validate(thought.content) if thought else Impression(),
        treated=Done.model_validate(treated.content).treated if treated else (),
    )


def _newest(entries: tuple[Entry, ...], what: str) -> Entry | None:
    return next((entry for entry in reversed(entries) if entry.what == what), None)


def _note(entry: Entry) -> InterviewNote:
    text = Noted.model_validate(entry.content).text
    return InterviewNote(at=entry.at, by=entry.by, text=text)
