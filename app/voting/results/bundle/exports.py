"""Packs the files of a result into one zip with a manifest of their hashes, always the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.voting.results.bundle.rules import CARD, FORMAT, LOG, MANIFEST, OUTCOME, PATHS, README, SET

NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
READABLE_BY_ALL = 0o100644 << 16
UNIX = 3

# In English whoever asks for it, because the manifest holds its hash and a bundle has the same bytes for everybody.
README_TEXT = """\
A Lamplight vote, to be counted again by anybody

This bundle holds count {count} of the vote and everything it follows from:

  rule-card.json          the rules, options, costs and the pot, fixed before voting opened
{closed_set}\
  lot.json                the lot that settles ties, and how it was drawn
  outcome.json            the outcome with every step of the count
{log}\
  recount.py              a small program that counts the ballots again; it needs Python 3.9 or newer and nothing else
  manifest.json           the SHA-256 of each of these files

Unpack the bundle, open a terminal in its folder and run

  python3 recount.py

It says EQUAL where its own count gives the allocation in outcome.json, otherwise what is wrong, and where there are no
ballots what it could check and what not.

A vote can be counted more than once, and this bundle does not say whether its count is the certified one. The report
and the result page name the outcome hash of the certified count. Whoever can change this bundle can change the hashes
in it too. So hand over the hashes that stand there, and the program holds the bundle to them:

  python3 recount.py --closed-set HASH --rule-card HASH --outcome HASH{paths_hash}{log_root}

You need not trust recount.py: it can be read in half an hour, and docs/counting.md in the source of Lamplight says
everything that is needed to write your own.
"""
WITH_BALLOTS = "  closed-ballot-set.bin   every ranking, without names and in no order that could tell who gave it\n"
WITHOUT_BALLOTS = """\
  (no ballots)            this vote does not publish single ballots, because a rare ranking can give a person away;
                          observers and accredited checkers hold the closed ballot set; they count it again with
                          python3 recount.py --ballots FILE, and everybody else can check what totals allow
"""
WITH_PATHS = """\
  paths.json              with which options ballots stood in the runoffs, in groups of ten and more
"""
WITH_LOG = """\
  log.json                the head that the public log of sealed ballots signed at the close, and what was opened
"""


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a bundle is of: the vote's id and the closed ballot set's SHA-256 in hex, and which count of that vote."""

    vote: str
    result: int
    publication_level: str
    withdrawn: tuple[int, ...]
    closed_set_sha256: str


def packed(label: Label, files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, a README and the manifest: stored as they are, so that every machine writes the same bytes.

    `files` are rule-card.json, lot.json, outcome.json, recount.py, by level the closed set or the paths, and log.json.
    """
    rankings = WITH_BALLOTS if SET in files else WITHOUT_BALLOTS
    rankings += WITH_PATHS if PATHS in files else ""
    readme = README_TEXT.format(
        closed_set=rankings,
        count=label.result,
        paths_hash=" --paths HASH" if PATHS in files else "",
        log=WITH_LOG if LOG in files else "",
        log_root=" --log-root HASH --count-root HASH" if LOG in files else "",
    )
    whole = {**files, README: readme.encode("ascii")}
    return _zipped({**whole, MANIFEST: _manifest(label, whole)})


def _manifest(label: Label, files: Mapping[str, bytes]) -> bytes:
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    content = {
        "format": FORMAT,
        "vote": label.vote,
        "result": label.result,
        "publication_level": label.publication_level,
        "withdrawn": list(label.withdrawn),
        "rule_card_sha256": hashes[CARD],
        "closed_set_sha256": label.closed_set_sha256,
        "outcome_sha256": hashes[OUTCOME],
        "files": hashes,
    }
    return (json.dumps(content, indent=2, sort_keys=True) + "\n").encode("ascii")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as bundle:
        for name in sorted(files):
            member = ZipInfo(name, date_time=NO_DATE)
            member.create_system, member.external_attr = UNIX, READABLE_BY_ALL
            bundle.writestr(member, files[name])
    return written.getvalue()
