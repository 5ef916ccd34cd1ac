"""The usual places of this program on this computer."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path

_PROGRAM = "nmt-expert"


def settings_path() -> Path:
    """The settings file in the user's configuration folder."""
    return user_config_path(_PROGRAM, appauthor=False) / "settings.toml"


def default_data_folder() -> Path:
    """Where records lie unless another folder is named."""
    return user_data_path(_PROGRAM, appauthor=False)
