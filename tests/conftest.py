"""What the tests of both packages start from."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# No deadline: an example that is the first to touch the disk takes longer than the others.
settings.register_profile("newsdesk", deadline=None)
settings.load_profile("newsdesk")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes share the tests: none for a file or a test that was named.

    Twice as many as there are processors: much of a test's time it waits for a bot or a platform.
    """
    return 0 if any(".py" in one for one in config.args) else 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def seeds() -> dict[str, bytes]:
    """Return the five coverage documents by file name, as they are in ``seeds/``."""
    return {seed.name: seed.read_bytes() for seed in sorted((ROOT / "seeds").glob("*.txt"))}
