"""The settings there are: what each means, where it may come from, what it may be."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from nmt_expert.settings.address import ServerAddress, server_address
from nmt_expert.settings.countries import COMMON_NAMES, COUNTRIES
from nmt_expert.settings.folders import default_data_folder

Value = str | bool | Path | None
UNSET = "unset"
MOST_LETTERS = 200
_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}


class IllegalValue(Exception):
    """A value that a setting cannot have; the text says what it can be."""


@dataclass(frozen=True)
class Legal:
    """What a setting may be, in words; ``read`` makes its value or raises ``IllegalValue``."""

    words: str
    read: Callable[[str], Value]


@dataclass(frozen=True)
class Setting:
    """One setting: its name, the variable of the environment that sets it, and what it means.

    A ``private`` one may hold a password: no message repeats what was given for it.
    """

    name: str
    variable: str
    means: str
    legal: Legal
    default: Callable[[], Value] = lambda: None
    private: bool = False


def one_of(*values: str) -> Legal:
    """A closed list of words."""

    def read(text: str) -> Value:
        if text in values:
            return text
        near = get_close_matches(text, values, n=1)
        raise IllegalValue(f"Did you mean {near[0]!r}?" if near else "")

    return Legal(", ".join(values), read)


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


def words(text: str) -> Value:
    """A name or the like: one line with letters in it."""
    line = " ".join(text.split())
    if not any(letter.isalpha() for letter in line) or len(line) > MOST_LETTERS:
        raise IllegalValue("")
    return line


def address(text: str) -> Value:
    """The address of a database server."""
    try:
        return server_address(text)
    except ValueError as hint:
        raise IllegalValue(str(hint)) from None


def told(value: Value) -> str:
    """The value as it is shown: without a password."""
    return value.told if isinstance(value, ServerAddress) else shown(value)


def shown(value: Value) -> str:
    """The value as a person writes it."""
    match value:
        case None:
            return UNSET
        case bool():
            return "on" if value else "off"
    return str(value)


_COUNTRY = Legal("a two-letter country code such as GB or US", country)
_FOLDER = Legal("a folder", folder)
_FILE = Legal("a file", folder)
_WORDS = Legal("words on one line", words)
_ADDRESS = Legal("an address such as postgresql://anna@db.clinic.example/records", address)
_LICENCES = one_of("none", "self_care_only", "assisted", "assisted_with_pnf")
_ON_OFF = Legal("on, off", switch)
_KNOWN = (
    Setting(
        "country",
        "NMT_EXPERT_COUNTRY",
        "whose emergency and crisis numbers are shown",
        _COUNTRY,
    ),
    Setting(
        "stretching_licence",
        "NMT_EXPERT_STRETCHING_LICENCE",
        "what your licence allows of stretching",
        _LICENCES,
    ),
    Setting(
        "private_checklist",
        "NMT_EXPERT_PRIVATE_CHECKLIST",
        "whether mood and safety at home are asked; off: their flags stay not cleared",
        _ON_OFF,
        lambda: True,
    ),
    Setting(
        "wording",
        "NMT_EXPERT_WORDING",
        "how much each question says",
        one_of("full", "terse"),
        lambda: "full",
    ),
    Setting(
        "data_folder",
        "NMT_EXPERT_DATA",
        "where the records lie",
        _FOLDER,
        default_data_folder,
    ),
    Setting(
        "database_url",
        "NMT_EXPERT_DATABASE_URL",
        "the PostgreSQL server that keeps the records of many seats; a file when unset",
        _ADDRESS,
        private=True,
    ),
    Setting(
        "passphrase_file",
        "NMT_EXPERT_PASSPHRASE_FILE",
        "the private file that holds the passphrase of an encrypted record store",
        _FILE,
    ),
    Setting(
        "knowledge_base",
        "NMT_EXPERT_KB",
        "the folder that holds rules/ and knowledge/; the shipped one when unset",
        _FOLDER,
    ),
    Setting(
        "reviewer",
        "NMT_EXPERT_REVIEWER",
        "your name, as it stands under what you review",
        _WORDS,
    ),
    Setting(
        "qualification",
        "NMT_EXPERT_QUALIFICATION",
        "your qualification, as it stands beside your name",
        _WORDS,
    ),
    Setting(
        "overlay",
        "NMT_EXPERT_OVERLAY",
        "the folder of your clinic's own additions to the knowledge base",
        _FOLDER,
    ),
)
SETTINGS: dict[str, Setting] = {setting.name: setting for setting in _KNOWN}
