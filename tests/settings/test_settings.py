"""Settings come from flag, environment, file or default, in that order, and say from where."""

import errno
import os
import stat
from pathlib import Path

import pytest

from nmt_expert.model.errors import SettingInvalid
from nmt_expert.settings import (
    SETTINGS,
    default_data_folder,
    load_settings,
    set_setting,
    settings_path,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nmt-expert" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def refusal(file: Path, flags: dict[str, str | None] | None = None, **environ: str) -> str:
    with pytest.raises(SettingInvalid) as caught:
        load_settings(flags or {}, environ, file)
    return str(caught.value)


def test_without_a_file_every_setting_has_its_default(file: Path) -> None:
    settings = load_settings({}, {}, file)
    assert settings.country is None
    assert settings.stretching_licence is None
    assert settings.private_checklist is True
    assert settings.wording == "full"
    assert settings.data_folder == default_data_folder()
    assert settings.knowledge_base is None
    assert {found.origin for found in settings.found.values()} == {"default"}


def test_a_flag_wins_over_the_environment_that_over_the_file_that_over_the_default(
    file: Path,
) -> None:
    written(file, 'country = "IE"\nwording = "terse"\nprivate_checklist = false\n')
    environ = {"NMT_EXPERT_COUNTRY": "US", "NMT_EXPERT_WORDING": "full"}
    settings = load_settings({"country": "gb", "wording": None}, environ, file)
    assert (settings.country, settings.wording, settings.private_checklist) == ("GB", "full", False)
    found = settings.found
    assert (found["country"].origin, found["country"].where) == ("flag", "--country")
    assert (found["wording"].origin, found["wording"].where) == (
        "environment",
        "NMT_EXPERT_WORDING",
    )
    assert (found["private_checklist"].origin, found["private_checklist"].where) == (
        "file",
        str(file),
    )
    assert found["stretching_licence"].origin == "default"


def test_an_empty_variable_counts_as_not_given(file: Path) -> None:
    assert load_settings({}, {"NMT_EXPERT_COUNTRY": ""}, file).country is None


def test_unset_takes_a_setting_back_to_its_default_for_one_call(file: Path) -> None:
    written(file, 'country = "IE"\n')
    assert load_settings({"country": "unset"}, {}, file).country is None


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("country", "gb", "GB"),
        ("country", "UK", "GB"),
        ("stretching_licence", "assisted_with_pnf", "assisted_with_pnf"),
        ("private_checklist", "off", "off"),
        ("private_checklist", "Yes", "on"),
        ("wording", "terse", "terse"),
        ("data_folder", "/srv/nmt", "/srv/nmt"),
        ("knowledge_base", "~/kb", str(Path("~/kb").expanduser())),
        (
            "database_url",
            "postgresql://anna@[::1]:5433/records",
            "postgresql://anna@[::1]:5433/records",
        ),
    ],
)
def test_what_is_set_is_read_back(file: Path, name: str, value: str, shown: str) -> None:
    set_setting(name, value, file)
    assert load_settings({}, {}, file).found[name].shown == shown


def test_setting_one_leaves_the_others_and_unset_takes_it_out(file: Path) -> None:
    set_setting("country", "GB", file)
    set_setting("wording", "terse", file)
    set_setting("country", "unset", file)
    assert file.read_text("utf-8") == 'wording = "terse"\n'


def test_a_relative_folder_is_kept_as_a_whole_path(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    set_setting("data_folder", "mine", file)
    assert load_settings({}, {}, file).data_folder == tmp_path / "mine"


def test_a_relative_folder_in_the_file_is_refused_since_it_would_move_with_the_shell(
    file: Path,
) -> None:
    assert "not a whole path" in refusal(written(file, 'data_folder = "mine"\n'))


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_file_and_folder_are_private(file: Path) -> None:
    set_setting("country", "GB", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_an_unknown_name_is_answered_with_the_nearest_one(file: Path) -> None:
    with pytest.raises(SettingInvalid, match=r"no setting 'contry'.*Did you mean country\?"):
        set_setting("contry", "GB", file)
    with pytest.raises(SettingInvalid, match="Settings: country, stretching_licence"):
        set_setting("xyzzy", "1", file)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("wording", "tense", r"It can be full, terse, or unset. Did you mean 'terse'\?"),
        ("stretching_licence", "all", "none, self_care_only, assisted, assisted_with_pnf"),
        ("private_checklist", "maybe", "on, off"),
        ("country", "ZZ", "two-letter country code"),
        ("country", "England", "two-letter country code"),
        ("data_folder", "~nobody-here/x", "no such user"),
        ("data_folder", "a\x00b", "data_folder cannot be 'ab'"),
        ("data_folder", " ", "data_folder cannot be"),
    ],
)
def test_an_illegal_value_is_answered_with_the_legal_ones_and_not_written(
    file: Path, name: str, value: str, says: str
) -> None:
    with pytest.raises(SettingInvalid, match=says):
        set_setting(name, value, file)
    assert not file.exists()


def test_every_fault_is_named_at_once_with_its_place(file: Path) -> None:
    written(file, 'wordin = "terse"\ncountry = "GBR"\nprivate_checklist = 3\n')
    text = refusal(file, {"stretching_licence": "lots"}, NMT_EXPERT_WORDING="long")
    places = [line.split(": ")[0] for line in text.splitlines()]
    assert places == [
        str(file),
        str(file),
        "--stretching-licence",
        str(file),
        "NMT_EXPERT_WORDING",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"country = GB\n", "at line 1"),
        (b"\xff\xfe", "not UTF-8"),
        (b"#" * 70_000, "larger than 64000 bytes"),
        (b"country = " + b"[" * 20_000, "cannot be read"),
    ],
)
def test_a_file_that_is_not_settings_gets_a_sentence(file: Path, content: bytes, says: str) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert says in refusal(file)


def test_escape_codes_in_the_file_are_not_repeated_in_the_message(file: Path) -> None:
    text = refusal(written(file, 'country = "\\u001b[2Jx"\n"\\u001b[31m" = 1\n'))
    assert "\x1b" not in text


def test_a_full_disk_gets_a_sentence_and_leaves_the_old_settings(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    set_setting("country", "GB", file)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SettingInvalid, match=r"No space left .* was not changed"):
            set_setting("country", "US", file)
    assert load_settings({}, {}, file).country == "GB"
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_the_usual_file_is_in_the_users_configuration_folder() -> None:
    assert settings_path().parts[-2:] == ("nmt-expert", "settings.toml")


def test_every_setting_says_what_it_means_and_has_a_variable_of_its_own() -> None:
    assert all(setting.means and setting.legal.words for setting in SETTINGS.values())
    assert len({setting.variable for setting in SETTINGS.values()}) == len(SETTINGS)


ADDRESS = "postgresql://anna:s3cret@db.clinic.example:5433/records?sslmode=verify-full&password=s3"


def test_the_password_of_a_server_is_kept_and_not_shown(file: Path) -> None:
    set_setting("database_url", ADDRESS, file)
    settings = load_settings({}, {}, file)
    assert settings.database_url == ADDRESS
    told = settings.found["database_url"].shown
    assert told == "postgresql://anna@db.clinic.example:5433/records"


@pytest.mark.parametrize(
    "address",
    [
        "mysql://anna:s3cret@host/records",
        "anna:s3cret@host/records",
        "postgresql://anna:s3cret@home@host/records",
        "postgresql://anna:12/s3cret@host/records",
        "postgresql://anna:s3cret/home@host/records",
        "postgresql://anna:12?s3cret@host/records",
        "postgresql://anna:12#s3cret@host/records",
        "postgresql://anna:s3cret@host:many/records",
        "postgresql://anna:s3cret@[host/records",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(file: Path, address: str) -> None:
    for said in (
        refusal(file, NMT_EXPERT_DATABASE_URL=address),
        refusal(written(file, f'database_url = "{address}"\n')),
    ):
        assert "database_url cannot be what was given" in said
        assert "s3cret" not in said
