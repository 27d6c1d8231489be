"""Opening on every core: chunks of envelopes go to other processes and come back in order."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.opening import CHUNK, Found, Opener, Spread
from ceremony.offline import stay_offline

WORTH_IT = 4 * CHUNK
"""Fewer envelopes are opened before other processes have started."""
AHEAD = 3
"""Chunks given out a core: enough to keep it busy, few enough to hold a million envelopes back."""


@contextmanager
def all_cores(envelopes: int) -> Iterator[Spread]:
    """Something like `map` for `opening.open_all`; the processes end with the block."""
    if envelopes < WORTH_IT:
        yield map
        return
    cores = multiprocessing.cpu_count()
    fresh = multiprocessing.get_context("spawn")  # a fork would carry the web server's threads along
    with ProcessPoolExecutor(cores, mp_context=fresh, initializer=stay_offline) as pool:

        def spread(opener: Opener, chunks: Iterable[Sequence[SealedEnvelope]]) -> Iterator[list[Found]]:
            waiting: deque[Future[list[Found]]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(opener, chunk))
                if len(waiting) >= AHEAD * cores:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

        yield spread
