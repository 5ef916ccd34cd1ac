"""What is said when a setting has a name or a value that it cannot have."""

from difflib import get_close_matches

from nmt_expert.model.errors import Fault
from nmt_expert.model.text import clean
from nmt_expert.settings.known import SETTINGS, UNSET, IllegalValue, Setting, Value


def unknown_name(place: str, name: str) -> Fault:
    """There is no such setting; the nearest ones, or all of them."""
    near = get_close_matches(name, SETTINGS, n=2, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Settings: {', '.join(SETTINGS)}."
    return Fault(place, f"there is no setting {_quoted(name)}", "It would do nothing.", hint)


def read_value(place: str, setting: Setting, text: str) -> tuple[Value, Fault | None]:
    """The value that a text means, or the fault in it."""
    if text == UNSET:
        return setting.default(), None
    try:
        if not text.isprintable() or not text.strip():
            raise IllegalValue("")
        return setting.legal.read(text.strip()), None
    except IllegalValue as hint:
        given = "what was given" if setting.private else _quoted(text)
        says = f"{setting.name} cannot be {given}"
        remedy = f"It can be {setting.legal.words}, or {UNSET}. {hint}".strip()
        return None, Fault(place, says, "It was not used.", remedy)


def _quoted(text: str) -> str:
    short = clean(text).replace("\n", " ")
    return repr(short if len(short) <= 40 else short[:40] + "...")
