"""Settings: the one place where the environment is read, ``.env`` included."""

from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import (
    AfterValidator,
    BeforeValidator,
    DirectoryPath,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.house_style import DEFAULT_STYLE, HouseStyle
from retrieval import ENGLISH, LANGUAGES, Limits

PREFIX = "NEWSDESK_"
FILE = ".env"
"""In the folder where newsdesk is started."""
STANDARD_ERROR = "-"
"""What names standard error in the place of a log file."""
SETTING_OF_LIMIT = {
    "bytes": "NEWSDESK_MAX_FILE_MB",
    "unpacked_bytes": "NEWSDESK_MAX_UNPACKED_MB",
    "files": "NEWSDESK_MAX_FILES",
    "pages": "NEWSDESK_MAX_PAGES",
    "paragraphs": "NEWSDESK_MAX_PARAGRAPHS",
    "seconds": "NEWSDESK_MAX_SECONDS",
    "memory_bytes": "NEWSDESK_MAX_MEMORY_MB",
}
"""The setting that an operator changes, for each limit that a source can be over."""


class SettingsProblem(Exception):
    """A setting that cannot be used; ``str(error)`` names it and says what it may be."""


def default_database() -> Path:
    """Return where the database is kept when nobody says otherwise."""
    return platformdirs.user_data_path("newsdesk") / "newsdesk.db"


def default_log() -> Path:
    """Return where the log is kept when nobody says otherwise."""
    return platformdirs.user_log_path("newsdesk") / "newsdesk.log"


def _names(value: object) -> object:
    """Return the names of a list with commas."""
    if isinstance(value, str):
        return frozenset(name.strip() for name in value.split(",") if name.strip())
    return value


def _language(name: str) -> str:
    """Return the name of a language as retrieval has it."""
    folded = name.strip().lower()
    if folded not in LANGUAGES:
        raise PydanticCustomError("language", f"it is none of {', '.join(LANGUAGES)}")
    return folded


Names = Annotated[frozenset[str], NoDecode, BeforeValidator(_names)]


def _house_style(template: str) -> str:
    """Return a template that can be used; raise ValueError that says what is wrong with it."""
    HouseStyle(template)
    return template


class _SecretFiles(SecretsSettingsSource):
    """Settings that stand in files of their own, in the folder that the environment names."""

    def __call__(self) -> dict[str, Any]:
        folder = self.current_state.get("secrets_folder")
        if folder is None or not Path(folder).is_dir():
            return {}  # what is no folder is refused with the other values that cannot be used
        self.secrets_dir = folder
        try:
            found = super().__call__()
        except SettingsError as error:
            raise SettingsProblem(
                f"A setting in {folder} cannot be read: its file is another user's, or no UTF-8."
            ) from error
        return {name: value for name, value in found.items() if value}


class Settings(BaseSettings):
    """What an operator may set; ``deploy/env.example`` explains each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=FILE,
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
        str_strip_whitespace=True,  # a token from a file ends with a line, which no header may hold
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours is in its place
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings are read; what stands first goes before the others."""
        return init_settings, env_settings, dotenv_settings, _SecretFiles(settings_cls)

    db: Path = Field(default_factory=default_database)
    """The database file; by default in the user's data folder."""
    log: Path = Field(default_factory=default_log)
    """The log file; by default in the user's log folder. “-” is standard error."""
    log_questions: bool = False
    """Whether the log holds the questions."""
    question_log_days: int = Field(default=0, ge=0, le=3650)
    """Days for which the database keeps a log of the questions; 0 is no log."""
    secrets_folder: DirectoryPath | None = None
    """A folder with files that hold settings, each with the setting's name: tokens, above all."""
    seeds: bool = True
    """Whether a new database begins with the five seed documents."""
    max_file_mb: float = Field(default=25, gt=0, le=1024)
    """Size of one source at most, in MiB."""
    language: Annotated[str, AfterValidator(_language)] = ENGLISH
    """The language of documents and questions that do not show another."""
    max_unpacked_mb: float = Field(default=200, gt=0, le=4096)
    """Size of an archive or a document with all in it unpacked at most, in MiB."""
    max_files: int = Field(default=1_000, ge=1, le=100_000)
    """Files in one archive at most."""
    max_pages: int = Field(default=1_000, ge=1, le=100_000)
    """Pages of one PDF at most."""
    max_paragraphs: int = Field(default=50_000, ge=1, le=1_000_000)
    """Paragraphs of one document at most."""
    max_seconds: float = Field(default=20, ge=1, le=600)
    """Seconds for reading one source at most."""
    max_memory_mb: int = Field(default=1_024, ge=512, le=65_536)
    """Memory for reading one source at most, in MiB."""

    watch_host: str = "127.0.0.1"
    """The interface on which /healthz, /readyz and /metrics are served."""
    watch_port: int | None = Field(default=None, ge=0, le=65535)
    """The port of /healthz, /readyz and /metrics; they are off where it is not set."""

    person_limit: int = Field(default=20, ge=0, le=100_000)
    """Requests a minute from one person, at most; 0 is no limit."""
    space_limit: int = Field(default=600, ge=0, le=1_000_000)
    """Requests a minute from one Slack workspace or Discord guild, at most; 0 is no limit."""
    at_once: int = Field(default=8, ge=1, le=1000)
    """Requests that are in work at once."""
    waiting: int = Field(default=200, ge=1, le=100_000)
    """Requests that wait for one of those to end; more are asked to come again."""
    timeout: float = Field(default=20, gt=0, le=3600)
    """Seconds after which a request is given up; files that are added have ten times as long."""

    citation: Annotated[str, AfterValidator(_house_style)] = DEFAULT_STYLE
    """The line that cite gives to paste: a template."""

    slack_bot_token: SecretStr | None = Field(default=None, alias="SLACK_BOT_TOKEN")
    """Slack's bot token (xoxb-…)."""
    slack_app_token: SecretStr | None = Field(default=None, alias="SLACK_APP_TOKEN")
    """Slack's app-level token (xapp-…): Socket Mode."""
    slack_signing_secret: SecretStr | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    """Slack's signing secret: HTTP mode, where no app-level token is set."""
    slack_api_url: str = "https://slack.com/api/"
    """Where Slack's Web API is."""
    slack_host: str = "127.0.0.1"
    """The interface on which HTTP mode listens."""
    slack_port: int = Field(default=3000, ge=0, le=65535)
    """The port on which HTTP mode listens."""
    slack_moderators: Names = frozenset()
    """Ids of Slack users and user groups that may moderate, besides the workspace's admins."""
    slack_shared_channels: bool = False
    """Whether questions in channels that are shared with other workspaces are answered."""
    slack_bots: Names = frozenset()
    """Ids of other Slack bots and apps that are answered."""

    discord_token: SecretStr | None = Field(default=None, alias="DISCORD_TOKEN")
    """Discord's bot token."""
    discord_api_url: str = "https://discord.com/api/v10"
    """Where Discord's API is."""
    discord_gateway_url: str | None = None
    """Where Discord's gateway is; by default where the API says."""
    discord_moderators: Names = frozenset()
    """Names and ids of Discord roles that may moderate, besides who may manage the server."""
    discord_bots: Names = frozenset()
    """Ids of other Discord bots and webhooks that are answered."""

    @property
    def moderators(self) -> dict[str, frozenset[str]]:
        """Return who may moderate, for each platform."""
        return {"slack": self.slack_moderators, "discord": self.discord_moderators}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must never be shown."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(one.get_secret_value() for one in values if isinstance(one, SecretStr))

    @property
    def max_bytes(self) -> int:
        """Return the size of one source at most, in bytes."""
        return int(self.max_file_mb * 2**20)

    @property
    def limits(self) -> Limits:
        """Return what reading one source may cost."""
        return Limits(
            pages=self.max_pages,
            unpacked_bytes=int(self.max_unpacked_mb * 2**20),
            files=self.max_files,
            paragraphs=self.max_paragraphs,
            seconds=self.max_seconds,
            memory_bytes=self.max_memory_mb * 2**20,
        )


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return Settings.model_fields[name].alias or PREFIX + name.upper()


def read_settings() -> Settings:
    """Return the settings of this process; raise SettingsProblem that names a wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        [first, *_] = error.errors()
        where = str(first["loc"][0])
        name = variable(where) if where in Settings.model_fields else where
        raise SettingsProblem(
            f"The setting {name} cannot be used: {first['msg'].lower()}."
        ) from error
    except OSError as error:
        raise SettingsProblem(
            f"{error.filename or FILE} cannot be read; start newsdesk as the user whose file it "
            "is, or elsewhere."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsProblem(f"{FILE} is no text in UTF-8; save it as one.") from error


def names_in_file() -> frozenset[str]:
    """Return the environment variables that the file sets, in capitals; none where there is none.

    It can be read once ``read_settings`` has read it.
    """
    source = DotEnvSettingsSource(Settings, env_file=FILE)
    return frozenset(name.upper() for name in source.env_vars)
