"""Key holders and votes for the ceremony's tests, made without the ceremony."""

import hashlib
import time
from io import BytesIO
from unittest import mock

from app.voting.sealing import ballots, count_sets, envelopes, key_files, keys
from app.voting.sealing.suites import Algorithm

VOTE = bytes(range(16))
CARD = {"vote_id": VOTE, "options": 9, "max_ranks": 3}
HOLDERS = {number: keys.make(Algorithm.X25519) for number in (1, 2, 3)}
PUBLIC = [holder.public() for holder in HOLDERS.values()]
PASSPHRASE = "mill lane lamp night"


class Quick:
    """Stands for Argon2, which takes its time on purpose."""

    def __init__(self, *, salt, **_costs):
        self.salt = salt

    def derive(self, passphrase):
        return hashlib.sha256(self.salt + passphrase).digest()


def locked(key):
    with mock.patch.object(key_files, "Argon2id", Quick):
        return key_files.write(key, passphrase=PASSPHRASE)


LOCKED = {number: locked(key) for number, key in HOLDERS.items()}


def sealed(*ranking):
    return envelopes.seal(ballots.canonical(ranking, **CARD), vote_id=VOTE, trustee_keys=PUBLIC, threshold=2)


def count_set(*some, **more):
    facts = CARD | {"name": "Riverside 2026", "rule_card_hash": bytes(32), "threshold": 2, "public_keys": PUBLIC}
    return count_sets.gather(some, **facts | more)


def uploaded(data, name="file"):
    """A file as a browser sends it."""
    return (BytesIO(data if isinstance(data, bytes) else data.encode()), name)


def brought(browser, made):
    """The page on which keys are put on the table, after the count set was read."""
    return browser.open("/open/").press("Read the count set", set_upload=uploaded(count_sets.to_bytes(made)))


def with_keys(page, *numbers, passphrase=PASSPHRASE):
    for number in numbers:
        page = page.press("Put my key on the table", key_upload=uploaded(LOCKED[number]), passphrase=passphrase)
    return page


def opened(page):
    """The page that says what came of the envelopes."""
    page = page.press("Open the envelopes")
    for _ in range(600):
        if "/open/progress" not in page.path:
            return page
        time.sleep(0.05)
        page = page.follow("Look again now")
    raise AssertionError(page.text)
