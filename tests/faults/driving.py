"""Voters at work: letters sent over HTTP by many at once, and a list of acknowledgements kept outside the system.

Each ends as ok or refused. What remains unknown (no answer, or an answer that something broke) is sent again with the
same token until it is known, as a voter would who presses the button again. Who likes takes their receipt home after
their last ballot.
"""

import http.client
import os
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Any

from app.voting.tree.receipts import Receipt, from_text
from tests.faults.letters import Letter

THREADS = 12


class Outcome(StrEnum):
    """What the sender knows about a letter."""

    OK = "ok"
    REFUSED = "refused"
    UNKNOWN = "unknown"


def outcome_of(status: int, location: str | None) -> Outcome:
    """What an answer means: thanks are shown only after the commit, and a refusal says why."""
    if 300 <= status < 400 and (location or "").partition("?")[0].endswith("/thanks"):
        return Outcome.OK
    return Outcome.UNKNOWN if status >= 500 else Outcome.REFUSED


@dataclass
class Ledger:
    """The acknowledgements, each on the disk before the next letter of its voter is sent; any thread may add one."""

    path: Path
    acknowledged: dict[bytes, Letter] = field(default_factory=dict)
    receipts: dict[bytes, Receipt] = field(default_factory=dict)
    """By the key of the ballot that they were given for."""
    unknown: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    hear: Callable[[int], None] = lambda _count: None
    _lock: Any = field(default_factory=threading.Lock)

    def acknowledge(self, letter: Letter) -> None:
        """Write one down for good."""
        with self._lock:
            with self.path.open("a") as file:
                file.write(f"{letter.voter} {letter.key.hex()} {','.join(map(str, letter.ranking))}\n")
                file.flush()
                os.fsync(file.fileno())
            self.acknowledged[letter.key] = letter
            count = len(self.acknowledged)
        self.hear(count)


class Line:
    """One sender's connection, opened anew after each accident."""

    def __init__(self, port: int, timeout: float = 20) -> None:
        self.port, self.timeout = port, timeout
        self.connection: http.client.HTTPConnection | None = None

    def send(self, letter: Letter) -> tuple[Outcome, int]:
        """Send a letter once; the outcome and the status (0: no answer)."""
        status, location, _body = self._ask("POST", letter.path, letter.form, letter.headers)
        return (outcome_of(status, location) if status else Outcome.UNKNOWN), status

    def receipt(self, letter: Letter) -> Receipt | None:
        """The receipt of whoever sent this letter, as their browser keeps it; None for no answer."""
        status, _location, body = self._ask("GET", letter.receipt_path, None, {"Cookie": letter.cookie})
        return from_text(body.decode()) if status == HTTPStatus.OK else None

    def _ask(self, *question: Any) -> tuple[int, str | None, bytes]:
        try:
            connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self.connection = connection
            connection.request(*question)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location"), answer.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return 0, None, b""

    def hang_up(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def drive(
    port: int,
    stacks: Sequence[Sequence[Letter]],
    ledger: Ledger,
    *,
    threads: int = THREADS,
    patience: float = 120,
    takes_receipts: bool = False,
) -> None:
    """Send every stack in its order, many stacks at once, until each letter is known; raises if one stays unknown."""
    waiting: queue.SimpleQueue[Sequence[Letter]] = queue.SimpleQueue()
    for stack in stacks:
        waiting.put(stack)
    failures: list[BaseException] = []

    def send() -> None:
        line = Line(port)
        try:
            while True:
                for letter in (stack := waiting.get_nowait()):
                    _until_known(line, letter, ledger, patience)
                if takes_receipts and stack[-1].key in ledger.acknowledged:
                    ledger.receipts[stack[-1].key] = _until_given(line, stack[-1], patience)
        except queue.Empty:
            line.hang_up()
        except BaseException as reason:
            failures.append(reason)

    senders = [threading.Thread(target=send) for _ in range(threads)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if failures:
        raise failures[0]


def _until_known(line: Line, letter: Letter, ledger: Ledger, patience: float) -> None:
    ends, statuses = time.monotonic() + patience, Counter[int]()
    while time.monotonic() < ends:
        began = time.perf_counter()
        outcome, status = line.send(letter)
        if outcome is Outcome.OK:
            ledger.waits.append(time.perf_counter() - began)
            ledger.acknowledge(letter)
            return
        if outcome is Outcome.REFUSED:
            ledger.refused[status] += 1
            return
        ledger.unknown += 1
        statuses[status] += 1
        time.sleep(0.05)
    raise AssertionError(f"nobody could say for {patience} s what became of a ballot: {dict(statuses)}")


def _until_given(line: Line, letter: Letter, patience: float) -> Receipt:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        receipt = line.receipt(letter)
        if receipt is not None:
            return receipt
        time.sleep(0.05)
    raise AssertionError(f"nobody gave a receipt for {patience} s")
