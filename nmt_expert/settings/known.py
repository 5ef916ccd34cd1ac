"""The settings there are: what each means, where it may come from, what it may be."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from nmt_expert.settings.countries import COMMON_NAMES, COUNTRIES
from nmt_expert.settings.folders import default_data_folder

Value = str | bool | Path | None
UNSET = "unset"
_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}


class IllegalValue(Exception):
    """A value that a setting cannot have; the text says what it can be."""


@dataclass(frozen=True)
class Setting:
    """One setting; ``read`` turns its text into its value or raises ``IllegalValue``."""

    name: str
    variable: str
    means: str
    legal: str
    default: Callable[[], Value]
    read: Callable[[str], Value]


def one_of(*values: str) -> Callable[[str], Value]:
    """A reader for a closed list of words."""

    def read(text: str) -> Value:
        if text in values:
            return text
        near = get_close_matches(text, values, n=1)
        raise IllegalValue(f"Did you mean {near[0]!r}?" if near else "")

    return read


def switch(text: str) -> Value:
    """On or off."""
    if text.lower() not in _SWITCH:
        raise IllegalValue("")
    return _SWITCH[text.lower()]


def country(text: str) -> Value:
    """A country code; small letters and a few common names will do."""
    code = COMMON_NAMES.get(text.upper(), text.upper())
    if code not in COUNTRIES:
        near = get_close_matches(code, sorted(COUNTRIES), n=3, cutoff=0.5)
        raise IllegalValue(f"Near it: {', '.join(near)}." if near else "")
    return code


def folder(text: str) -> Value:
    """A folder; ``~`` is the home folder."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise IllegalValue("There is no such user.") from None


def shown(value: Value) -> str:
    """The value as a person writes it."""
    match value:
        case None:
            return UNSET
        case bool():
            return "on" if value else "off"
    return str(value)


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            name="country",
            variable="NMT_EXPERT_COUNTRY",
            means="whose emergency and crisis numbers are shown",
            legal="a two-letter country code such as GB or US",
            default=lambda: None,
            read=country,
        ),
        Setting(
            name="stretching_licence",
            variable="NMT_EXPERT_STRETCHING_LICENCE",
            means="what your licence allows of stretching",
            legal="none, self_care_only, assisted, assisted_with_pnf",
            default=lambda: None,
            read=one_of("none", "self_care_only", "assisted", "assisted_with_pnf"),
        ),
        Setting(
            name="private_checklist",
            variable="NMT_EXPERT_PRIVATE_CHECKLIST",
            means="whether mood and safety at home are asked; off: their flags stay not cleared",
            legal="on, off",
            default=lambda: True,
            read=switch,
        ),
        Setting(
            name="wording",
            variable="NMT_EXPERT_WORDING",
            means="how much each question says",
            legal="full, terse",
            default=lambda: "full",
            read=one_of("full", "terse"),
        ),
        Setting(
            name="data_folder",
            variable="NMT_EXPERT_DATA",
            means="where the records lie",
            legal="a folder",
            default=default_data_folder,
            read=folder,
        ),
        Setting(
            name="knowledge_base",
            variable="NMT_EXPERT_KB",
            means="the folder that holds rules/ and knowledge/; the shipped one when unset",
            legal="a folder",
            default=lambda: None,
            read=folder,
        ),
        Setting(
            name="overlay",
            variable="NMT_EXPERT_OVERLAY",
            means="the folder of your clinic's own additions to the knowledge base",
            legal="a folder",
            default=lambda: None,
            read=folder,
        ),
    )
}
