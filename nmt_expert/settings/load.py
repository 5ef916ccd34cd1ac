"""Gather the settings from flags, environment, file and defaults, and say where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nmt_expert.model.errors import Fault, SettingInvalid
from nmt_expert.settings.address import ServerAddress
from nmt_expert.settings.faults import read_value, unknown_name
from nmt_expert.settings.file import read_table
from nmt_expert.settings.folders import settings_path
from nmt_expert.settings.known import SETTINGS, Setting, Value, shown, told

Origin = Literal["flag", "environment", "file", "default"]
Licence = Literal["none", "self_care_only", "assisted", "assisted_with_pnf"]


@dataclass(frozen=True)
class Found:
    """One setting as it was found; ``where`` names the flag, the variable or the file."""

    setting: Setting
    value: Value
    origin: Origin
    where: str

    @property
    def shown(self) -> str:
        """The value as a person may see it."""
        return told(self.value)


@dataclass(frozen=True)
class Settings:
    """Every setting. None where unset: no country, no licence told, the shipped knowledge base."""

    country: str | None
    stretching_licence: Licence | None
    private_checklist: bool
    wording: Literal["full", "terse"]
    data_folder: Path
    database_url: ServerAddress | None
    passphrase_file: Path | None
    knowledge_base: Path | None
    overlay: Path | None
    reviewer: str | None
    qualification: str | None
    found: Mapping[str, Found]


def load_settings(
    flags: Mapping[str, str | None], environ: Mapping[str, str], path: Path | None = None
) -> Settings:
    """The settings in force. A flag that is None, or an empty variable, was not given.

    Raises:
        SettingInvalid: a name or value cannot be; all faults at once.
    """
    file = path or settings_path()
    table = read_table(file)
    faults = [unknown_name(str(file), name) for name in table if name not in SETTINGS]
    faults += [unknown_name("flag", name) for name in flags if name not in SETTINGS]
    found: dict[str, Found] = {}
    for setting in SETTINGS.values():
        origin, where, raw = _given(setting, flags, environ, table, file)
        found[setting.name], fault = _read(setting, origin, where, raw)
        faults += [fault] if fault else []
    if faults:
        raise SettingInvalid("\n".join(str(fault) for fault in faults))
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    return Settings(**values, found=found)


def _given(
    setting: Setting,
    flags: Mapping[str, str | None],
    environ: Mapping[str, str],
    table: Mapping[str, object],
    file: Path,
) -> tuple[Origin, str, object]:
    """Where the setting comes from, and what stands there."""
    flag, variable = flags.get(setting.name), environ.get(setting.variable)
    if flag is not None:
        return "flag", f"--{setting.name.replace('_', '-')}", flag
    if variable:
        return "environment", setting.variable, variable
    if setting.name in table:
        return "file", str(file), table[setting.name]
    return "default", "default", None


def _read(setting: Setting, origin: Origin, where: str, raw: object) -> tuple[Found, Fault | None]:
    if raw is None:
        return Found(setting, setting.default(), origin, where), None
    text = shown(raw) if isinstance(raw, bool) else str(raw)
    value, fault = read_value(where, setting, text)
    if origin == "file" and isinstance(value, Path) and not Path(text).expanduser().is_absolute():
        fault = Fault(where, f"{setting.name} is not a whole path", "It was not used.")
    return Found(setting, value, origin, where), fault
