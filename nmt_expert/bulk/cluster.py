"""The same work on a cluster of dask: handed out a little ahead, back in the order of the cases.

The scheduler does again what was on a worker that ended; since a case comes to the same bytes
wherever it is assessed, it does not matter if it was done twice. One line of it is written.
"""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from types import ModuleType
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from nmt_expert import __version__
from nmt_expert.assessment.spread import AHEAD, in_order
from nmt_expert.bulk.cases import Piece
from nmt_expert.bulk.distant import SAME_PROGRAM, Answer, Terms, errand
from nmt_expert.bulk.run import Executor
from nmt_expert.bulk.worker import Line, Recipe
from nmt_expert.model.errors import Fault, NmtError

INSTALL = "Install it with: pip install 'nmt-expert[cluster]'."
PATIENCE = 30.0
"""Seconds that a cluster may be without any worker."""
COUNTED_EVERY = 5.0
"""Seconds after which its threads are counted again: workers come and go."""
ENCRYPTED = ("tls", "wss")
T = TypeVar("T")


@contextmanager
def on_cluster(address: str, recipe: Recipe, sha256: str) -> Iterator[Executor]:
    """A cluster, reached and with a worker at least, as an executor.

    ``sha256`` is that of the knowledge base; every worker must have the same, and this program.

    Raises:
        NmtError: dask is not installed, nobody answers there, or there is no worker.
    """
    distributed = _library()
    _check(address, distributed)
    try:
        client = distributed.Client(address, set_as_default=False)
    except Exception as error:
        says = "no scheduler answers" if isinstance(error, OSError) else f"{error}"
        raise _unreached(address, says) from None
    with client:
        hands = _Hands(client, address, Terms(recipe, __version__, sha256))
        hands.wait_for_a_worker()
        yield lambda pieces: in_order(hands.take, pieces, hands.ahead)


def is_private(address: str) -> bool:
    """Whether nobody on the network can read what is sent there, by what the address says."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in ENCRYPTED or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


class _Hands:
    """The workers of a cluster, however many there are just now."""

    def __init__(self, client: Any, address: str, terms: Terms) -> None:
        self._client = client
        self._address = address
        self._terms = terms
        self._ahead = AHEAD
        self._counted_until = 0.0

    def take(self, pieces: list[Piece]) -> "_Promised":
        """Send out some cases; dask takes no two errands for one, whatever is in them."""
        work, key = errand(self._terms, pieces), f"cases-{uuid4()}"
        return _Promised(self, self._asked(lambda: self._client.submit(work, key=key)))

    def ahead(self) -> int:
        """How many handfuls may be on their way."""
        if time.monotonic() >= self._counted_until:
            with suppress(TimeoutError):
                threads: dict[str, int] = self._asked(self._client.nthreads)
                self._ahead = AHEAD * max(1, sum(threads.values()))
            self._counted_until = time.monotonic() + COUNTED_EVERY
        return self._ahead

    def answer(self, future: Any) -> Answer:
        """What came of a handful; while that takes long, whether anybody is there to do it."""
        while True:
            try:
                answer: Answer = self._asked(lambda: future.result(timeout=PATIENCE))
                return answer
            except TimeoutError:
                self.wait_for_a_worker()

    def wait_for_a_worker(self) -> None:
        """Go on as soon as there is one.

        Raises:
            NmtError: nobody comes.
        """
        try:
            self._asked(lambda: self._client.wait_for_workers(1, timeout=PATIENCE))
        except TimeoutError:
            fault = Fault(self._address, "no worker is there", "", "Start one.")
            raise NmtError(str(fault)) from None

    def _asked(self, ask: Callable[[], T]) -> T:
        """What the cluster says.

        Raises:
            NmtError: why it says nothing.
            TimeoutError: it took too long.
        """
        try:
            return ask()
        except TimeoutError:
            raise
        except Exception as error:
            raise NmtError(str(self._fault(error))) from None

    def _fault(self, error: Exception) -> Fault:
        if type(error).__name__ == "KilledWorker":
            says = "one worker after another ended over the same cases"
            return Fault(self._address, says, "", "They may need more memory.")
        if isinstance(error, CancelledError | OSError):
            return Fault(self._address, "the scheduler is gone", "", "Start it again.")
        says = f"a worker has not this program ({type(error).__name__})"
        return Fault(self._address, says, "", SAME_PROGRAM)


@dataclass(frozen=True)
class _Promised:
    """A handful that somebody in the cluster does."""

    hands: _Hands
    future: Any

    def result(self) -> list[Line]:
        """Its lines, waited for.

        Raises:
            NmtError: they will not come.
        """
        answer = self.hands.answer(self.future)
        if answer.stopped:
            raise NmtError(answer.stopped)
        return answer.lines


def _library() -> ModuleType:
    """The library, silent: lost work is done again, and what stops a run is told in a sentence."""
    try:
        import distributed
    except ImportError:
        says = "dask.distributed is not installed"
        raise NmtError(str(Fault("batch --dask", says, "Nothing was done.", INSTALL))) from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found: ModuleType = distributed
    return found


def _check(address: str, distributed: Any) -> None:
    """What a client of dask would find out too late: it then hangs for a minute and says so."""
    try:
        distributed.comm.get_address_host_port(address, strict=True)
        given = distributed.Security().get_connection_args("client")
        encrypted = address.startswith(ENCRYPTED)
        if encrypted and given["ssl_context"] is None:
            raise ValueError("no certificate is named for it")
        if given["require_encryption"] and not encrypted:
            raise ValueError("dask is set to require encryption")
    except Exception as error:
        raise _unreached(address, f"{error}") from None


def _unreached(address: str, says: str) -> NmtError:
    """Nothing was sent yet, so that what dask says holds no client's words."""
    remedy = "Name one that runs, such as tls://host:8786, with the certificates it asks for."
    return NmtError(str(Fault(address, says, "Nothing was done.", remedy)))
