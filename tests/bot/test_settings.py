"""Settings come from the environment and ``.env``, and a wrong one is named."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsProblem, default_database, read_settings

UNREADABLE = Path("/proc/self/mem")
"""A file that nobody reads from its beginning, not even root."""


def problem() -> str:
    """Return the sentence on the settings that cannot be used."""
    with pytest.raises(SettingsProblem) as caught:
        read_settings()
    return str(caught.value)


@pytest.mark.usefixtures("folder")
def test_without_any_setting_there_are_seeds_25_mib_and_a_database_in_the_users_data_folder() -> (
    None
):
    assert read_settings() == Settings(db=default_database(), seeds=True, max_file_mb=25)
    assert read_settings().max_bytes == 25 * 1024 * 1024


def test_the_default_database_is_in_the_users_data_folder(folder: Path) -> None:
    database = default_database()
    assert database.name == "newsdesk.db"
    assert database.is_relative_to(folder.parent / "home")
    assert not database.parent.exists()


@pytest.mark.usefixtures("folder")
def test_the_environment_sets_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_DB", "/srv/newsdesk.db")
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.5")
    settings = read_settings()
    assert settings.db == Path("/srv/newsdesk.db")
    assert settings.seeds is False
    assert settings.max_bytes == 512 * 1024


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("value", "seeds"), [("off", False), ("OFF", False), ("0", False), ("no", False), ("on", True)]
)
def test_seeds_are_switched_on_and_off(
    monkeypatch: pytest.MonkeyPatch, value: str, *, seeds: bool
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", value)
    assert read_settings().seeds is seeds


def test_a_dot_env_file_in_the_working_folder_is_read(folder: Path) -> None:
    (folder / ".env").write_text("# ours\nNEWSDESK_DB=here.db\nNEWSDESK_SEEDS=off\nOTHER=1\n")
    settings = read_settings()
    assert (settings.db, settings.seeds) == (Path("here.db"), False)


def test_the_environment_goes_before_the_dot_env_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("NEWSDESK_DB=here.db\n")
    monkeypatch.setenv("NEWSDESK_DB", "there.db")
    assert read_settings().db == Path("there.db")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSDESK_SEEDS", "perhaps"),
        ("NEWSDESK_MAX_FILE_MB", "large"),
        ("NEWSDESK_MAX_FILE_MB", "0"),
        ("NEWSDESK_MAX_FILE_MB", "-1"),
        ("NEWSDESK_MAX_FILE_MB", "1025"),
        ("NEWSDESK_MAX_FILE_MB", "nan"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    sentence = problem()
    assert sentence.startswith(f"The setting {name} cannot be used: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_wrong_setting_in_the_dot_env_file_is_named_too(folder: Path) -> None:
    (folder / ".env").write_text("NEWSDESK_SEEDS=perhaps\n")
    assert "NEWSDESK_SEEDS" in problem()


def test_a_dot_env_file_that_is_no_text_is_a_sentence(folder: Path) -> None:
    (folder / ".env").write_bytes(b"NEWSDESK_DB=caf\xe9.db\n")
    assert problem() == ".env is no text in UTF-8; save it as one."


@pytest.mark.skipif(not UNREADABLE.exists(), reason="NOT TRIED: root may read all else")
def test_a_dot_env_file_that_cannot_be_read_is_a_sentence(folder: Path) -> None:
    (folder / ".env").symlink_to(UNREADABLE)
    assert problem() == (
        ".env cannot be read; start newsdesk as the user whose file it is, or elsewhere."
    )


@pytest.mark.usefixtures("folder")
def test_a_token_that_was_read_from_a_file_does_not_end_with_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-secret \n")
    assert read_settings().secrets == ("xoxb-secret",)


def test_tokens_may_stand_in_files_of_their_own(folder: Path) -> None:
    secrets = folder / "secrets"
    secrets.mkdir()
    (secrets / "slack_bot_token").write_text("xoxb-secret\n")
    (secrets / "DISCORD_TOKEN").write_text("from the file")
    (secrets / "slack_app_token").write_text("\n")
    (folder / ".env").write_text("NEWSDESK_SECRETS_FOLDER=secrets\nDISCORD_TOKEN=from .env\n")
    settings = read_settings()
    assert settings.secrets == ("xoxb-secret", "from .env")


def test_a_folder_of_tokens_that_is_none_is_named(folder: Path) -> None:
    (folder / ".env").write_text("NEWSDESK_SECRETS_FOLDER=nowhere\n")
    assert problem().startswith("The setting NEWSDESK_SECRETS_FOLDER cannot be used: ")


def test_a_file_of_a_token_that_cannot_be_read_is_a_sentence(folder: Path) -> None:
    (folder / "slack_bot_token").write_bytes(b"caf\xe9")
    (folder / ".env").write_text("NEWSDESK_SECRETS_FOLDER=.\n")
    assert problem() == ("A setting in . cannot be read: its file is another user's, or no UTF-8.")


@pytest.mark.usefixtures("folder")
def test_what_is_said_of_a_wrong_setting_does_not_repeat_its_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "secret-by-mistake")
    assert "secret-by-mistake" not in problem()


@pytest.mark.usefixtures("folder")
def test_moderators_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_SLACK_MODERATORS", "U012, S345 ,")
    monkeypatch.setenv("NEWSDESK_DISCORD_MODERATORS", "Desk editors")
    assert read_settings().moderators == {
        "slack": frozenset({"U012", "S345"}),
        "discord": frozenset({"Desk editors"}),
    }


@pytest.mark.usefixtures("folder")
def test_tokens_go_by_the_platforms_own_names_and_are_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("DISCORD_TOKEN", "discord-secret")
    settings = read_settings()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-secret"
    assert "xoxb-secret" not in repr(settings)
    assert "discord-secret" not in repr(settings)


@pytest.mark.usefixtures("folder")
def test_a_wrong_setting_is_named_as_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_SLACK_PORT", "70000")
    assert "NEWSDESK_SLACK_PORT" in problem()


@pytest.mark.usefixtures("folder")
def test_the_language_goes_by_its_english_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().language == "english"
    monkeypatch.setenv("NEWSDESK_LANGUAGE", " German ")
    assert read_settings().language == "german"


@pytest.mark.usefixtures("folder")
def test_a_language_that_is_none_is_refused_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEWSDESK_LANGUAGE", "klingon")
    assert problem().startswith(
        "The setting NEWSDESK_LANGUAGE cannot be used: it is none of arabic, armenian, "
    )
