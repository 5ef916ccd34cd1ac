"""On a cluster of dask: the bytes of one process, whatever becomes of a worker."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from nmt_expert import __version__
from nmt_expert.bulk import cluster as clustered
from tests.bulk.conftest import TINY, lines_of, small_case, started, wait_for
from tests.bulk.small_cluster import Cluster, begun

pytest.importorskip("distributed", reason="dask.distributed is not installed (extra cluster)")

RESULTS = Path("results.jsonl")
CASES = Path("cases.jsonl")
OWN_NAME = "Zuleika"
"""Stands in the complaint of every small case."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers that stay from test to test."""
    made = begun(tmp_path_factory.mktemp("dask") / "cluster", workers=2)
    yield made
    made.dismiss()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[list[Cluster]]:
    """Clusters of one test, which may do to them what it likes."""
    made: list[Cluster] = []
    yield made
    for one in made:
        one.dismiss()


def written(number: int) -> None:
    CASES.write_text("".join(small_case(f"client-{n}") for n in range(number)))


def on_one_process(batch) -> bytes:
    batch("cases.jsonl", "-o", "whole.jsonl", "--jobs", "1", "--force")
    return Path("whole.jsonl").read_bytes()


def test_two_workers_give_the_bytes_of_one_process(batch, cluster):
    bad = small_case("bad", answers=[{"finding": "taut_bnd"}])
    CASES.write_text("".join(small_case(f"client-{n}") for n in range(40)) + bad)
    assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", cluster.address) == 4
    assert RESULTS.read_bytes() == on_one_process(batch)
    assert len(lines_of(RESULTS)) == 41


def test_clips_on_the_workers_gives_the_same_bytes(batch, cluster):
    pytest.importorskip("clips", reason="clipspy is not installed (extra clips)")
    written(10)
    words = ("cases.jsonl", "-o", "results.jsonl", "--engine", "clips")
    assert batch(*words, "--dask", cluster.address) == 0
    assert RESULTS.read_bytes() == on_one_process(batch)


def test_a_worker_killed_midway_loses_no_case_and_doubles_none(batch, own, tmp_path):
    own.append(begun(tmp_path / "cluster", workers=2))
    written(400)
    run = started(Path.cwd(), "cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address)
    wait_for(lambda: RESULTS.exists() and RESULTS.read_bytes().count(b"\n") > 20)
    own[0].workers[0].kill()  # by SIGKILL
    assert RESULTS.read_bytes().count(b"\n") < 300
    _, told = run.communicate(timeout=120)
    assert (run.returncode, told) == (0, b"400 cases assessed (results.jsonl).\n")
    assert RESULTS.read_bytes() == on_one_process(batch)
    assert OWN_NAME not in own[0].log


TLS = "DASK_DISTRIBUTED__COMM__TLS__"


def certify(folder: Path, name: str, environment: pytest.MonkeyPatch, *roles: str) -> str:
    """A certificate signed by itself, named in the environment as docs/batch.md says."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, cert = str(folder / f"{name}.key"), str(folder / f"{name}.pem")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}")
    subprocess.run([*made, "-keyout", key, "-out", cert], check=True, capture_output=True)
    for role in roles:
        environment.setenv(f"{TLS}{role}__CERT", cert)
        environment.setenv(f"{TLS}{role}__KEY", key)
    return cert


def test_with_certificates_cases_go_encrypted_and_a_stranger_is_not_let_in(
    batch, own, tmp_path, monkeypatch
):
    clinic = certify(tmp_path, "clinic", monkeypatch, "SCHEDULER", "WORKER", "CLIENT")
    monkeypatch.setenv(f"{TLS}CA_FILE", clinic)
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION", "True")
    own.append(begun(tmp_path / "cluster", 1, "--protocol", "tls"))
    written(5)
    words = ("cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address)
    assert own[0].address.startswith("tls://")
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "2s")
    with monkeypatch.context() as stranger:
        certify(tmp_path, "stranger", stranger, "CLIENT")
        refused = started(Path.cwd(), *words)
        assert b"no scheduler answers" in refused.communicate(timeout=60)[1]
    run = started(Path.cwd(), *words)
    assert run.communicate(timeout=60)[1] == b"5 cases assessed (results.jsonl).\n"
    assert RESULTS.read_bytes() == on_one_process(batch)


def test_ctrl_c_says_how_to_go_on(batch, cluster):
    written(400)
    run = started(Path.cwd(), "cases.jsonl", "-o", "results.jsonl", "--dask", cluster.address)
    wait_for(lambda: RESULTS.exists() and RESULTS.read_bytes().count(b"\n") > 20)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    lines = len(lines_of(RESULTS))
    stopped = f"Stopped. {lines} lines are written in results.jsonl; go on with --resume.\n"
    assert (run.returncode, told.decode()) == (130, stopped)


def test_the_scheduler_killed_midway_ends_in_a_sentence_and_the_run_goes_on(batch, own, tmp_path):
    own.append(begun(tmp_path / "cluster", workers=2))
    written(400)
    words = ("cases.jsonl", "-o", "results.jsonl")
    run = started(Path.cwd(), *words, "--dask", own[0].address)
    wait_for(lambda: RESULTS.exists() and RESULTS.read_bytes().count(b"\n") > 20)
    own[0].scheduler.kill()
    _, told = run.communicate(timeout=120)
    lines = len(lines_of(RESULTS))
    after = f"{lines} lines are written; go on with --resume.\n"
    assert told.decode().endswith(f": the scheduler is gone. Start it again. {after}")
    assert told.count(b"\n") == 1
    assert run.returncode == 1
    assert batch(*words, "--resume") == 0
    assert RESULTS.read_bytes() == on_one_process(batch)


def test_cases_over_which_workers_end_are_not_tried_for_ever(batch, own, tmp_path, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    own.append(begun(tmp_path / "cluster", workers=2))
    written(400)
    run = started(Path.cwd(), "cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address)
    wait_for(lambda: RESULTS.exists() and RESULTS.read_bytes().count(b"\n") > 20)
    own[0].workers[0].kill()
    _, told = run.communicate(timeout=120)
    assert b"one worker after another ended over the same cases" in told
    assert run.returncode == 1


def test_a_worker_of_another_version_is_refused(batch, own, tmp_path, capsys):
    own.append(begun(tmp_path / "cluster", workers=0))
    (tmp_path / "older.py").write_text("import nmt_expert\nnmt_expert.__version__ = '0.0.9'\n")
    own[0].employ("--preload", str(tmp_path / "older.py"))
    written(3)
    assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address) == 1
    told = capsys.readouterr().err
    assert f": its version is 0.0.9, and here it is {__version__}. Its results could be" in told
    assert told.startswith("worker tcp://127.0.0.1:")
    assert RESULTS.read_bytes() == b""


def test_a_worker_without_the_program_is_told(batch, own, tmp_path, capsys):
    own.append(begun(tmp_path / "cluster", workers=0))
    gone = "import sys\nsys.modules['nmt_expert.bulk'] = None\n"
    (tmp_path / "gone.py").write_text(gone)
    own[0].employ("--preload", str(tmp_path / "gone.py"))
    written(3)
    assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address) == 1
    told = capsys.readouterr().err
    assert "a worker has not this program (ModuleNotFoundError)" in told
    assert "Install the same program on every worker" in told
    assert "Compute Failed" in own[0].log
    assert OWN_NAME not in own[0].log + told


def test_a_worker_of_other_knowledge_is_refused(batch, own, tmp_path, monkeypatch, capsys):
    own.append(begun(tmp_path / "cluster", workers=0))
    own[0].employ(NMT_EXPERT_KB=str(TINY))
    monkeypatch.delenv("NMT_EXPERT_KB")
    written(3)
    assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address) == 1
    told = capsys.readouterr().err
    assert ": its knowledge base is " in told
    assert "Give every worker the same folders, at the same paths." in told
    assert RESULTS.read_bytes() == b""


def test_workers_that_stay_follow_the_knowledge_that_changes(batch, cluster, monkeypatch):
    shutil.copytree(TINY, "other")
    monkeypatch.setenv("NMT_EXPERT_KB", "other")
    written(5)
    rule = Path("other/rules/cautions/skin.yml")
    seen = set()
    for words in ("Go lightly", "Go very lightly"):
        rule.write_text(rule.read_text().replace("Go lightly", words))
        assert batch("cases.jsonl", "-o", "a.jsonl", "--force", "--dask", cluster.address) == 0
        assert Path("a.jsonl").read_bytes() == on_one_process(batch)
        seen.add(lines_of(Path("a.jsonl"))[0]["assessment"]["knowledge_base"]["sha256"])
    assert len(seen) == 2


def test_a_cluster_without_a_worker_is_told(batch, own, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(clustered, "PATIENCE", 0.2)
    own.append(begun(tmp_path / "cluster", workers=0))
    written(3)
    assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", own[0].address) == 1
    assert capsys.readouterr().err == f"{own[0].address}: no worker is there. Start one.\n"
    assert not RESULTS.exists()


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "127.0.0.1", "tls://127.0.0.1:1", "nothing://127.0.0.1"]
)
def test_where_no_scheduler_answers_nothing_is_begun(batch, address, capsys):
    import dask

    written(3)
    with dask.config.set({"distributed.comm.timeouts.connect": "0.3s"}):
        assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", address) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{address}: ")
    assert "Name one that runs" in told
    assert told.count("\n") == 1
    assert not RESULTS.exists()


def test_where_dask_requires_encryption_nothing_goes_without(batch, cluster, capsys):
    import dask

    written(3)
    with dask.config.set({"distributed.comm.require-encryption": True}):
        assert batch("cases.jsonl", "-o", "results.jsonl", "--dask", cluster.address) == 1
    assert "dask is set to require encryption" in capsys.readouterr().err
    assert not RESULTS.exists()
