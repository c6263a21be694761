"""Machines that render together, by Dask: letters go there and come back as files, which nobody else writes."""

from __future__ import annotations

import logging
import pickle
import socket
import time
import warnings
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from lettergen.pipeline.workers.crew import AHEAD, CHUNK, StoppedError
from lettergen.pipeline.workers.likeness import difference, likeness
from lettergen.problems import Problem, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from distributed import Client

    from lettergen.pipeline.workers.crew import Crew, Work

T = TypeVar("T")
R = TypeVar("R")

LARGEST = 25  # letters of a chunk, once there are many: to send one costs the client 3 ms
WAIT = 30.0  # seconds in which a worker should come
_ANSWER = 10.0  # seconds in which a scheduler should answer
_GREETING = 1_000_000  # bytes, or it is none
_GLANCE = 2.0  # seconds until we look again who is there
_ONE = Lock()  # a worker may have several threads, which the engine cannot
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "tornado", "tornado.application")


class _Refusal(NamedTuple):
    """The words of a worker that would make other bytes."""

    worker: str
    words: str


@contextmanager
def connected(address: str, begin: Callable[[], None], size: int) -> Iterator[Crew]:
    """The cluster's workers, which all set letters as this machine does. Raises StoppedError."""
    with _client(address) as client:
        _await_worker(address, client)
        for worker, found in client.run(likeness, on_error="return").items():
            if words := _unlike(found):
                raise _refused(address, _Refusal(worker, words))
        yield _Cluster(address, client, pickle.dumps(begin), size)


class _Cluster:
    """A crew of workers that come and go. Its first chunks are small, so that few letters are shared by all."""

    def __init__(self, address: str, client: Client, begin: bytes, size: int) -> None:
        self.address, self.client, self.begin = address, client, begin
        self.most = LARGEST if size > 1 else 1
        self.executor = client.get_executor(pure=False, retries=2)  # type: ignore[no-untyped-call]
        self.sent, self.threads, self.looked, self.seen = 0, 1, 0.0, time.monotonic()

    @property
    def size(self) -> int:
        return min(self.most, max(CHUNK, self.sent // (2 * AHEAD * max(1, self.threads))))

    def submit(self, work: Work[T, R], chunk: Sequence[T]) -> Future[Any]:
        self.sent += len(chunk)
        # Pickled here: Dask would look into every tuple for something of its own.
        future: Future[Any] = self.executor.submit(_done, self.begin, pickle.dumps((likeness(), work, chunk)))
        return future

    def result(self, future: Future[Any]) -> list[Any] | None:
        from distributed import KilledWorker

        try:
            found: list[Any] | _Refusal = pickle.loads(self._awaited(future))  # noqa: S301 - of our own workers
        except KilledWorker:
            return None
        except CancelledError:
            raise _gone(self.address) from None
        except StoppedError:
            raise
        except Exception as error:  # a worker's, of whatever kind
            raise _stopped(self.address, f"a worker has failed ({error})", "see its log") from error
        if isinstance(found, _Refusal):
            raise _refused(self.address, found)
        return found

    def ahead(self) -> int:
        """A few for each worker that is there now."""
        now = time.monotonic()
        if now > self.looked + _GLANCE:
            self._look(now)
        return AHEAD * max(1, self.threads)

    def _awaited(self, future: Future[Any]) -> bytes:
        while True:
            try:
                return bytes(future.result(_GLANCE))
            except TimeoutError:
                self._look(time.monotonic())
                if time.monotonic() > self.seen + WAIT:
                    raise _nobody(self.address, "is left") from None

    def _look(self, now: float) -> None:
        """Count the workers."""
        try:
            self.looked, self.threads = now, sum(self.client.nthreads().values())  # type: ignore[no-untyped-call]
        except Exception as error:
            raise _gone(self.address) from error
        if self.threads:
            self.seen = now


def _done(begin: bytes, message: bytes) -> bytes:
    """What a worker does: the work on the chunk, unless it would make other bytes than who sends it."""
    from distributed import get_worker

    expected, work, chunk = pickle.loads(message)  # noqa: S301 - who may reach a worker's port may run code there
    words = difference(likeness(), expected)
    if words:
        return pickle.dumps(_Refusal(get_worker().address, words))
    with _ONE:
        _begin(begin)
        return pickle.dumps(work(chunk))


@lru_cache(maxsize=1)
def _begin(message: bytes) -> None:
    pickle.loads(message)()  # noqa: S301


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """A connection to the scheduler."""
    _knock(address)
    from distributed import Client

    for name in _LOGGERS:  # what they would say is said here, in words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client = Client(address, timeout=_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:
        way_out = "see whether this is the scheduler's address; for 'tls://', see 'docs/scale.md'"
        raise _stopped(address, f"what answers there is no scheduler for us ({error})", way_out) from error
    with client:
        yield client


def _knock(address: str) -> None:
    """Whether a scheduler answers: Dask would ask for a long time, and wait for ever for what others do not say."""
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), _ANSWER) as connection:
            # It speaks first, and begins with a length; who speaks TLS waits.
            length = int.from_bytes(connection.recv(8), "little") if parts.scheme == "tcp" else 1
    except OSError as error:
        way_out = "start one there ('dask scheduler'), or see whether a firewall is between"
        raise _stopped(address, f"no scheduler answers there ({error.strerror or error})", way_out) from None
    if not 0 < length < _GREETING:
        raise _stopped(address, "what answers there is no scheduler", "see whether this is the scheduler's address")


def _await_worker(address: str, client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise _nobody(address, "has come") from None


def _unlike(found: Mapping[str, str] | BaseException) -> str:
    if isinstance(found, BaseException):
        return f"nothing that can be used ({found})"
    return difference(found, likeness())


def _nobody(address: str, what: str) -> StoppedError:
    way_out = f"start workers with 'dask worker {address} --nthreads 1'"
    return _stopped(address, f"no worker {what}", way_out)


def _gone(address: str) -> StoppedError:
    return _stopped(address, "the scheduler has gone away", "see whether it still runs, and build again")


def _refused(address: str, refusal: _Refusal) -> StoppedError:
    message = f"the worker {refusal.worker} would make other letters: it has {refusal.words}"
    return _stopped(address, message, "install the same versions there as here, and start it again")


def _stopped(address: str, message: str, way_out: str) -> StoppedError:
    return StoppedError(Problem("cluster", message, Source(address).whole(), way_out))
