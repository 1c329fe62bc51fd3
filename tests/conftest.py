"""What the tests of both packages start from."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# No deadline: an example that is the first to touch the disk takes longer than the others.
settings.register_profile("newsdesk", deadline=None)
settings.load_profile("newsdesk")


@pytest.fixture(scope="session")
def seeds() -> dict[str, bytes]:
    """Return the five coverage documents by file name, as they are in ``seeds/``."""
    return {seed.name: seed.read_bytes() for seed in sorted((ROOT / "seeds").glob("*.txt"))}
