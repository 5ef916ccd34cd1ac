"""Settings: what is true of this therapist and this computer, not of a client.

A flag wins over the environment, that over the file, that over the default. Imports model only.
"""

from nmt_expert.settings.address import ServerAddress
from nmt_expert.settings.file import set_setting
from nmt_expert.settings.folders import default_data_folder, settings_path
from nmt_expert.settings.known import SETTINGS, Setting
from nmt_expert.settings.load import Found, Settings, load_settings

__all__ = [
    "SETTINGS",
    "Found",
    "ServerAddress",
    "Setting",
    "Settings",
    "default_data_folder",
    "load_settings",
    "set_setting",
    "settings_path",
]
