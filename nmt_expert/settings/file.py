"""The settings file: TOML, private, small, and written whole or not at all."""

import tomllib
from pathlib import Path

import tomli_w

from nmt_expert.model.errors import Fault, SettingInvalid
from nmt_expert.settings.faults import read_value, unknown_name
from nmt_expert.settings.folders import settings_path
from nmt_expert.settings.known import SETTINGS, UNSET, shown
from nmt_expert.settings.private_file import write_private

_LARGEST = 64_000
"""Bytes; a settings file that is larger is not one."""


def read_table(path: Path) -> dict[str, object]:
    """The file as a table; empty when there is no file.

    Raises:
        SettingInvalid: it cannot be read, or is not TOML.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise ValueError(f"larger than {_LARGEST} bytes")
        return tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise SettingInvalid(str(_unreadable(path, error))) from None


def set_setting(name: str, value: str, path: Path | None = None) -> None:
    """Write one setting to the file; ``unset`` takes it out again.

    Raises:
        SettingInvalid: there is no such setting, or it cannot have this value.
    """
    file = path or settings_path()
    if name not in SETTINGS:
        raise SettingInvalid(str(unknown_name("settings set", name)))
    read, fault = read_value("settings set", SETTINGS[name], value)
    if fault:
        raise SettingInvalid(str(fault))
    table = read_table(file)
    table.pop(name, None)
    if value != UNSET:
        table[name] = shown(read)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, tomli_w.dumps(table).encode())
    except OSError as error:
        raise SettingInvalid(str(_unwritable(file, error))) from None


def _unreadable(path: Path, error: Exception) -> Fault:
    return Fault(
        place=str(path),
        says=f"the settings file cannot be read ({_reason(error)})",
        consequence="No setting in it can be used.",
        remedy="Mend the line, or move the file away to go back to the defaults.",
    )


def _unwritable(path: Path, error: OSError) -> Fault:
    return Fault(
        place=str(path),
        says=f"the settings file cannot be written ({_reason(error)})",
        consequence="The setting was not changed.",
        remedy="Check the folder, or use a flag or an environment variable instead.",
    )


def _reason(error: Exception) -> str:
    match error:
        case OSError(strerror=str(reason)):
            return reason
        case UnicodeDecodeError():
            return "it is not UTF-8 text"
        case RecursionError():
            return "it is nested too deeply"
    return str(error)
