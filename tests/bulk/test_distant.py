"""What every cluster is held to, with or without dask: words, addresses, one case at a time."""

import sys
import threading
import time
from pathlib import Path

import pytest

from nmt_expert import __version__
from nmt_expert.bulk import distant
from nmt_expert.bulk.cluster import is_private
from nmt_expert.bulk.distant import Terms
from nmt_expert.bulk.worker import Recipe
from tests.bulk.conftest import TINY, small_case


def test_without_dask_a_sentence_says_how_to_get_it_and_nothing_is_begun(
    batch, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "distributed", None)
    Path("ache.yml").write_text(small_case("ache"))
    assert batch("ache.yml", "-o", "results.jsonl", "--dask", "tls://host:8786") == 1
    assert capsys.readouterr().err == (
        "batch --dask: dask.distributed is not installed. Nothing was done. "
        "Install it with: pip install 'nmt-expert[cluster]'.\n"
    )
    assert not Path("results.jsonl").exists()


def test_a_cluster_has_its_own_processes(batch, capsys):
    assert batch("ache.yml", "--dask", "tls://host:8786", "--jobs", "2") == 2
    assert "--dask and --jobs exclude each other" in capsys.readouterr().err


def test_that_cases_go_unencrypted_is_said_before_they_go(batch, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    batch("ache.yml", "--dask", "tcp://10.0.0.5:8786")
    assert capsys.readouterr().err.startswith("tcp://10.0.0.5:8786: cases go there unencrypted;")


@pytest.mark.parametrize(
    "address",
    ["tls://10.0.0.5:8786", "wss://host:1", "127.0.0.1:8786", "tcp://[::1]:8786", "localhost:1"],
)
def test_tls_and_this_machine_are_private(address):
    assert is_private(address)


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "tcp://host:8786", "ws://tls:1", "host:8786"])
def test_everything_else_is_not(address):
    assert not is_private(address)


class Slow:
    """A worker that notices when it is asked for two cases at once."""

    at_work = most = 0

    def __call__(self, piece: object) -> object:
        Slow.at_work += 1
        Slow.most = max(Slow.most, Slow.at_work)
        time.sleep(0.01)
        Slow.at_work -= 1
        return piece


def test_a_process_with_several_threads_does_one_case_at_a_time(monkeypatch):
    terms = Terms(Recipe(TINY, None), __version__, "")
    monkeypatch.setattr(distant, "_ready", {terms: Slow()})
    threads = [threading.Thread(target=distant.assessed, args=(terms, [1, 2, 3])) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Slow.most == 1
