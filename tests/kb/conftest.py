import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nmt_expert.kb import cache, load

TINY = Path(__file__).parent / "tiny"


@pytest.fixture(scope="package", autouse=True)
def nothing_is_cached() -> Iterator[None]:
    """Small copies of a moment are not kept among what this user needs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.VARIABLE, cache.OFF)
        yield


@pytest.fixture(scope="session")
def tiny():
    """A knowledge base small enough to read in a minute."""
    return load(TINY)


@pytest.fixture
def copy(tmp_path):
    """A copy of the small knowledge base that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "kb"))


@pytest.fixture(scope="session")
def real():
    """The knowledge base that ships."""
    return load()
