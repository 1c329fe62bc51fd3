"""Settings: the one place where the environment is read, ``.env`` included."""

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "NEWSDESK_"


class SettingsProblem(Exception):
    """A setting that cannot be used; ``str(error)`` names it and says what it may be."""


def default_database() -> Path:
    """Return where the database is kept when nobody says otherwise."""
    return platformdirs.user_data_path("newsdesk") / "newsdesk.db"


def default_log() -> Path:
    """Return where the log is kept when nobody says otherwise."""
    return platformdirs.user_log_path("newsdesk") / "newsdesk.log"


class Settings(BaseSettings):
    """What an operator may set; ``deploy/env.example`` explains each."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    db: Path = Field(default_factory=default_database)
    """The database file; by default in the user's data folder."""
    log: Path = Field(default_factory=default_log)
    """The log file; by default in the user's log folder."""
    seeds: bool = True
    """Whether a new database begins with the five seed documents."""
    max_file_mb: float = Field(default=25, gt=0, le=1024)
    """Size of one source at most, in MiB."""

    @property
    def max_bytes(self) -> int:
        """Return the size of one source at most, in bytes."""
        return int(self.max_file_mb * 2**20)


def read_settings() -> Settings:
    """Return the settings of this process; raise SettingsProblem that names a wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        [first, *_] = error.errors()
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsProblem(
            f"The setting {name} cannot be used: {first['msg'].lower()}."
        ) from error
