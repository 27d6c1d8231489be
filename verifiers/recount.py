#!/usr/bin/env python3
"""Count a Lamplight vote again from its published bundle, with nothing but Python 3.9 or newer.

    python3 recount.py BUNDLE      BUNDLE is the zip or the unpacked folder; left out, the folder this file lies in

It first holds the files of the bundle against each other, then counts the ballots by the rule on the rule card, and
says whether that gives the allocation in outcome.json. It shares no line with the program that counted first: it is
written from the public specification, docs/counting.md in the source of Lamplight.

Exit codes: 0 the allocation is equal; 1 it differs, or the bundle is refused and the reason printed; 2 the command is
mistyped; 3 the vote keeps its rankings unpublished: what is published fits together and leads to the allocation as far
as it can be followed, and it is said what was checked and what was not. Whoever was given the ballots can count.

A vote can be counted more than once, and a bundle does not say whether its count is the certified one. The report and
the result page name the outcome hash of the certified count. Besides, whoever can write a bundle can also write
matching hashes into it. So hold it to the hashes printed there: --closed-set, --rule-card, --outcome and, where
there is one, --paths. Take this program, too, from where you trust it.

Where the vote had a public log, the bundle holds the head that the log signed at the close. The program checks the
signature with the key on the rule card, and that the log says under this head how many sealed ballots came. Whoever
kept a head or a receipt holds the log to it with witness.py, and this bundle with --log-root and --count-root.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256, sha512
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

MANIFEST, SET, PATHS = "manifest.json", "closed-ballot-set.bin", "paths.json"
CARD, LOT, OUTCOME, LOG = "rule-card.json", "lot.json", "outcome.json", "log.json"
FILES = (CARD, SET, PATHS, LOT, OUTCOME, LOG, "recount.py", "README.txt")  # besides the manifest
LEVELS = {"full": SET, "consulted": PATHS, "totals": None}  # what each level publishes of the ballots
REST, SMALLEST = 0, 10  # in place of an option: none is left on the ballot; no smaller group of ballots is published
HASHES = {"closed_set_sha256": "closed set", "rule_card_sha256": "rule card", "outcome_sha256": "outcome"}
LOG_ANCHORS = {"log_root": "log root", "count_root": "count root"}  # of a vote that had a public log
ANCHORS = {**HASHES, "paths_sha256": "paths", **LOG_ANCHORS}  # what the report names; paths only at level consulted
MOST_BYTES = 256 * 2**20  # of ballots; ten million of ten ranks are 200 million bytes
MOST_RANKS, MOST_CENTS = 1_000, 2**53 - 1

UNIT = 2**96  # what one ballot carries in the shared budget and in equal shares
COARSE = 2**48  # amounts are compared in steps of this size


class Refused(Exception):
    """Something in the bundle is not as it must be; the message names the file and the value."""


@dataclass
class Vote:
    """What a count needs. `ballots` maps each ranking (option numbers, best first) to how many ballots say so."""

    pot: int
    costs: dict[int, int]
    max_ranks: int
    ballots: dict[tuple[int, ...], int]
    counting: int  # how many ballots that is
    place: dict[int, int]  # where each option stands in the lot order

    @property
    def ranked(self) -> list[int]:
        """The options that at least one ballot ranks, in lot order."""
        return sorted({option for ranking in self.ballots for option in ranking}, key=self.place.__getitem__)

    def left(self, funded: list[int]) -> int:
        return self.pot - sum(self.costs[option] for option in funded)

    def need(self, option: int) -> int:
        """The share of all units that the cost is of the pot, rounded down."""
        return self.counting * UNIT * self.costs[option] // self.pot if self.costs[option] else 0


# --- The four rules: each returns the funded options in the order of funding ---------------------------------------


def shared_budget(vote: Vote) -> list[int]:
    """Groups pay together, first with first choices, then with second ones too …; runoffs spend the rest."""
    rankings, funded = list(vote.ballots.items()), []
    carried = [UNIT] * len(rankings)  # by one ballot of each ranking
    supporters, support = {p: [] for p in vote.ranked}, dict.fromkeys(vote.ranked, 0)
    needs = {p: vote.need(p) for p in vote.ranked}
    for rank in range(1, vote.max_ranks + 1):
        for i, (ranking, ballots) in enumerate(rankings):
            if len(ranking) >= rank and ranking[rank - 1] in support:
                supporters[ranking[rank - 1]].append(i)
                support[ranking[rank - 1]] += ballots * carried[i]
        while True:
            left = vote.left(funded)
            able = [p for p in support if supporters[p] and vote.costs[p] <= left and support[p] >= needs[p]]
            if not able:
                break
            winner = min(able, key=lambda p: (-(support[p] // COARSE), vote.place[p]))
            funded.append(winner)
            had, need = support.pop(winner), needs[winner]
            for i in supporters[winner] if need else ():
                ranking, ballots = rankings[i]
                keeps = -(-carried[i] * (had - need) // had)  # rounded up
                for p in ranking[:rank]:
                    if p in support:
                        support[p] -= ballots * (carried[i] - keeps)
                carried[i] = keeps
    return runoffs(vote, funded)


def ranked_choice(vote: Vote) -> list[int]:
    """Options without cost first, then one runoff after the other."""
    return runoffs(vote, without_cost(vote))


def points(vote: Vote) -> list[int]:
    """The more points the earlier, whatever still fits."""
    score = Counter()
    for ranking, ballots in vote.ballots.items():
        for index, p in enumerate(ranking):
            score[p] += ballots * (vote.max_ranks - index)
    funded = []
    for p in sorted(score, key=lambda p: (-score[p], vote.place[p])):
        if vote.costs[p] <= vote.left(funded):
            funded.append(p)
    return funded


def equal_shares(vote: Vote) -> list[int]:
    """Whoever gives points pays by points; the option with the lowest price of a point comes next."""
    rankings, funded = list(vote.ballots.items()), without_cost(vote)
    carried = [UNIT] * len(rankings)
    common = math.lcm(*range(1, vote.max_ranks + 1))
    supporters = {p: [] for p in vote.ranked if p not in funded}
    needs = {p: vote.need(p) for p in supporters}
    for i, (ranking, _ballots) in enumerate(rankings):
        for index, p in enumerate(ranking):
            if p in supporters:
                supporters[p].append((i, vote.max_ranks - index))
    while True:
        left, prices = vote.left(funded), {}
        for p in list(supporters):
            purses = Counter()
            for i, given in supporters[p]:
                purses[carried[i], given] += rankings[i][1]
            prices[p] = price_of_a_point(needs[p], purses, common) if vote.costs[p] <= left else None
            if prices[p] is None:
                del prices[p], supporters[p]  # for good: what is left and what is carried only ever falls
        if not prices:
            return runoffs(vote, funded)
        winner = min(prices, key=lambda p: (-(-prices[p][0] // (prices[p][1] * COARSE)), vote.place[p]))
        funded.append(winner)
        num, den = prices[winner]
        for i, given in supporters.pop(winner):
            carried[i] -= min(carried[i], num * given // den)


def price_of_a_point(need: int, purses: dict[tuple[int, int], int], common: int) -> tuple[int, int] | None:
    """The least price, as numerator and denominator, at which supporters pay `need`; None where they cannot.

    `purses` maps what a supporter carries and the points it gives to how many do. Those who cannot pay the price in
    full pay all they carry. `common` is a multiple of all points, so that units a point compare in whole numbers.
    """
    if sum(units * ballots for (units, _given), ballots in purses.items()) < need:
        return None
    num, den = need, sum(given * ballots for (_units, given), ballots in purses.items())
    for units, given in sorted(purses, key=lambda purse: purse[0] * (common // purse[1])):
        if units * den >= num * given:
            break
        num -= units * purses[units, given]
        den -= given * purses[units, given]
    return num, den


def without_cost(vote: Vote) -> list[int]:
    return [p for p in vote.ranked if vote.costs[p] == 0]


def runoffs(vote: Vote, funded: list[int]) -> list[int]:
    """One runoff after the other among the options that still fit, until none is left that a ballot ranks."""
    while race := [p for p in vote.ranked if p not in funded and vote.costs[p] <= vote.left(funded)]:
        funded.append(runoff(vote, race))
    return funded


def runoff(vote: Vote, race: list[int]) -> int:
    """The option that more than half of the standing ballots prefer, after eliminating the lowest one at a time."""
    votes, piles, gains = dict.fromkeys(race, 0), {p: [] for p in race}, []
    moving = list(vote.ballots.items())
    while True:
        gained = Counter()
        for ranking, ballots in moving:
            p = next((p for p in ranking if p in votes), None)
            if p is not None:
                piles[p].append((ranking, ballots))
                gained[p] += ballots
        gains.append(gained)
        for p, more in gained.items():
            votes[p] += more
        leader = max(votes, key=votes.__getitem__)
        if 2 * votes[leader] > sum(votes.values()):
            return leader
        last = lowest(vote, votes, gains)
        del votes[last]
        moving = piles.pop(last)


def lowest(vote: Vote, votes: dict[int, int], gains: list[dict[int, int]]) -> int:
    """The option to eliminate: fewest votes now, then in the latest earlier count, …, then last in the lot order."""
    had, tied = dict(votes), list(votes)
    for gained in reversed(gains):
        fewest = min(had[p] for p in tied)
        tied = [p for p in tied if had[p] == fewest]
        if len(tied) == 1:
            break
        had = {p: had[p] - gained.get(p, 0) for p in tied}
    return max(tied, key=vote.place.__getitem__)


RULES = {
    "shared-budget": shared_budget,
    "ranked-choice": ranked_choice,
    "points": points,
    "equal-shares": equal_shares,
}


# --- Reading: bounded, and every oddity is a reason in words --------------------------------------------------------


def read_bundle(path: Path) -> dict[str, bytes]:
    """The files of the bundle by name. A folder may hold other files too, a zip may not."""
    try:
        if path.is_dir():
            names = [name for name in (MANIFEST, *FILES) if (path / name).is_file()]
            return {name: bounded((path / name).open("rb"), name) for name in names}
        with zipfile.ZipFile(path) as bundle:
            names = bundle.namelist()
            for name in names:
                if name != MANIFEST and name not in FILES:
                    raise Refused(f"the zip holds {show(name)}, which does not belong in a bundle")
                if names.count(name) > 1:
                    raise Refused(f"the zip holds {name} more than once")
            return {name: bounded(bundle.open(name), name) for name in names}
    except Refused:
        raise
    except Exception as fault:  # a hostile zip makes the library raise half a dozen kinds
        raise Refused(f"{show(str(path))} cannot be read as a zip or a folder: {show(fault)}") from fault


def bounded(file: BinaryIO, name: str) -> bytes:
    most = MOST_BYTES if name == SET else MOST_BYTES // 8
    with file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Refused(f"{name}: larger than {most} bytes")
    return content


def read_json(files: dict[str, bytes], name: str, indent: int | None = None) -> dict:
    """The JSON object in a file, which must be written in its one canonical form: keys sorted, ASCII, …"""
    if name not in files:
        raise Refused(f"{name}: missing")
    try:
        content = json.loads(files[name].decode("ascii"))
        form = json.dumps(content, sort_keys=True, indent=indent, separators=(",", ": " if indent else ":"))
    except (ValueError, RecursionError) as fault:
        raise Refused(f"{name}: not JSON in ASCII: {show(fault)}") from fault
    if type(content) is not dict or form.encode() + b"\n" * bool(indent) != files[name]:
        raise Refused(f"{name}: not one JSON object in canonical form")
    return content


def show(value: object) -> str:
    """A value from the bundle, safe to print: ASCII, and not too long."""
    text = ascii(value)
    return text if len(text) <= 100 else text[:97] + "..."


def hold(file: str, what: str, found: object, expected: object) -> None:
    """Refuse unless the two are the same, kind and all (1 is not true)."""
    if type(found) is not type(expected) or found != expected:
        raise Refused(f"{file}: {what} is {show(found)}, but must be {show(expected)}")


def hold_all(file: str, record: dict, **expected: object) -> None:
    for name, value in expected.items():
        hold(file, name, record.get(name), value)


def whole_number(file: str, what: str, value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise Refused(f"{file}: {what} is {show(value)}, not a whole number from {least} to {most}")
    return value


def rows(file: str, record: dict, name: str, **kinds: type) -> list[dict]:
    """A list of objects, each with fields of these types."""
    hold(file, f"the type of {name}", type(record.get(name)), list)
    for number, row in enumerate(record[name], 1):
        if type(row) is not dict or any(type(row.get(key)) is not kind for key, kind in kinds.items()):
            raise Refused(f"{file}: entry {number} of {name} is {show(row)}")
    return record[name]


def digest(file: str, what: str, text: object, length: int = 32) -> bytes:
    """The bytes that lower-case hexadecimal digits stand for, two a byte."""
    if type(text) is not str or len(text) != 2 * length or not set(text) <= set("0123456789abcdef"):
        raise Refused(f"{file}: {what} is {show(text)}, not {2 * length} hexadecimal digits")
    return bytes.fromhex(text)


# --- Checking: the files against each other -------------------------------------------------------------------------


def check_manifest(manifest: dict, files: dict[str, bytes]) -> None:
    """What the manifest lists is what the bundle holds, byte for byte."""
    names = ["closed_set_sha256", "files", "format", "outcome_sha256", "publication_level", "result"]
    hold(MANIFEST, "the list of fields", sorted(manifest), [*names, "rule_card_sha256", "vote", "withdrawn"])
    hold(MANIFEST, "format", manifest["format"], "lamplight-bundle/1")
    digest(MANIFEST, "closed_set_sha256", manifest["closed_set_sha256"])
    digest(MANIFEST, "vote", manifest["vote"], 16)
    level = manifest["publication_level"]
    if level not in list(LEVELS):
        raise Refused(f"{MANIFEST}: publication_level is {show(level)}, not {', '.join(LEVELS)}")
    hold(MANIFEST, "the type of files", type(manifest["files"]), dict)
    has_log = LOG in files or LOG in manifest["files"]
    depends = {SET: LEVELS[level] == SET, PATHS: LEVELS[level] == PATHS, LOG: has_log}
    expected = sorted(name for name in FILES if depends.get(name, True))
    for name in sorted(set(files) ^ {MANIFEST, *expected}):
        raise Refused(f"{name}: {f'no part of a bundle of level {level}' if name in files else 'missing'}")
    hashes = {name: sha256(files[name]).hexdigest() for name in expected}
    hold(MANIFEST, "the list of files", sorted(manifest["files"]), expected)
    for name in expected:
        hold(name, "SHA-256", hashes[name], manifest["files"][name])
    hold_all(MANIFEST, manifest, rule_card_sha256=hashes[CARD], outcome_sha256=hashes[OUTCOME])
    hold_all(MANIFEST, manifest, closed_set_sha256=hashes.get(SET, manifest["closed_set_sha256"]))


def check_anchors(manifest: dict, anchors: dict[str, str]) -> None:
    """The hashes that the caller read in the printed report."""
    for name, given in anchors.items():
        if name not in LOG_ANCHORS:
            hold(MANIFEST, name, manifest.get(name, manifest["files"].get(PATHS)), given.strip().lower())


def check_card(card: dict, manifest: dict) -> None:
    """The rule card says everything a count needs."""
    hold_all(CARD, card, format="lamplight-rule-card/1", publication_level=manifest["publication_level"])
    hold(CARD, "vote", card.get("vote", manifest["vote"]), manifest["vote"])
    if card.get("rule") not in list(RULES):
        raise Refused(f"{CARD}: rule is {show(card.get('rule'))}; this program counts {', '.join(RULES)}")
    whole_number(CARD, "max_ranks", card.get("max_ranks"), 1, MOST_RANKS)
    pot = whole_number(CARD, "spendable_cents", card.get("spendable_cents"), 0, MOST_CENTS)
    spared = whole_number(CARD, "contingency_cents", card.get("contingency_cents", 0), 0, MOST_CENTS)
    hold(CARD, "pot_cents", card.get("pot_cents", pot + spared), pot + spared)
    options = rows(CARD, card, "options", number=int, code=str, cost_cents=int)
    hold(CARD, "the options' numbers", [o["number"] for o in options], list(range(1, len(options) + 1)))
    hold(CARD, "the number of different codes", len({o["code"] for o in options}), len(options))
    for o in options:
        whole_number(CARD, f"the cost of option {o['number']}", o["cost_cents"], 0, MOST_CENTS)


def check_withdrawn(manifest: dict, options: int) -> None:
    """The first count leaves nothing out, every later one does; numbers are on the ballot, in order, each once."""
    numbers = manifest["withdrawn"]
    if type(numbers) is not list or any(type(n) is not int or not 1 <= n <= options for n in numbers):
        raise Refused(f"{MANIFEST}: withdrawn is {show(numbers)}, not numbers of options")
    hold(MANIFEST, "withdrawn", numbers, sorted(set(numbers)))
    if (whole_number(MANIFEST, "result", manifest["result"], 1, MOST_CENTS) > 1) != bool(numbers):
        raise Refused(f"{MANIFEST}: result {manifest['result']} cannot have {show(numbers)} withdrawn")


def check_lot(card: dict, lot: dict, manifest: dict) -> list[int]:
    """The lot order: given by the rule card, or following from the promised seed and the closed ballot set."""
    hold(LOT, "format", lot.get("format"), "lamplight-lot/1")
    numbers = [option["number"] for option in card["options"]]
    order = [row["option"] for row in rows(LOT, lot, "order", option=int)]
    hold(LOT, "the list of options in its order", sorted(order), numbers)
    if card.get("lot_order") is not None:
        hold_all(CARD, card, lot_commitment=None, lot_order=order)
        hold(LOT, "given", lot.get("given"), True)
        return order
    seed = digest(LOT, "seed", lot.get("seed"))
    hold(LOT, "the commitment of its seed", sha256(b"lamplight-lot/1" + seed).hexdigest(), card.get("lot_commitment"))
    hold_all(LOT, lot, commitment=card["lot_commitment"], closed_set_sha256=manifest["closed_set_sha256"])
    start = bytes.fromhex(manifest["closed_set_sha256"]) + seed
    values = {n: sha256(start + n.to_bytes(4, "big")).hexdigest() for n in numbers}
    hold(LOT, "order", order, sorted(numbers, key=values.__getitem__))
    for row in lot["order"]:
        hold(LOT, f"the value of option {row['option']}", row.get("value"), values[row["option"]])
    return order


def check_log(log: dict, card: dict, manifest: dict, ballots: object) -> dict:
    """The log's head at the close is signed with the key on the rule card, and says how many sealed ballots came."""
    public = digest(LOG, "log_public_key", log.get("log_public_key"))
    hold(CARD, "log_public_key", card.get("log_public_key"), public.hex())
    hold_all(LOG, log, format="lamplight-log-end/1", vote=manifest["vote"])
    head, closed = (log.get(name) if type(log.get(name)) is dict else {} for name in ("head", "closed"))
    size = whole_number(LOG, "the size of its head", head.get("size"), 1, MOST_CENTS)
    root = digest(LOG, "the root of its head", head.get("root"))
    vote = bytes.fromhex(manifest["vote"])
    said = vote + size.to_bytes(8, "big") + root + slot_of(head.get("slot")).to_bytes(8, "big")
    if not is_signed(b"lamplight-tree-head/1", said, digest(LOG, "the signature", head.get("signature"), 64), public):
        raise Refused(f"{LOG}: the head of {size} lines is not signed with the key on the rule card")
    came = check_closed(closed, size, root, vote)
    numbers = [log.get(name) for name in ("envelopes", "unreadable", "on_paper")]
    if numbers[0] is not None or numbers[2] is not None:  # left out where fewer than ten voted in one of the two ways
        opened, unread, paper = (whole_number(LOG, "a number of ballots", number, 0, MOST_CENTS) for number in numbers)
        whole_number(LOG, "envelopes", opened, 0, came)
        hold(LOG, "envelopes less unreadable, plus on_paper", opened - unread + paper, ballots)
    count_root = digest(LOG, "count_root", log.get("count_root")).hex()
    ends = {"log_size": size, "log_root": root.hex(), "log_slot": head["slot"], "log_public_key": public.hex()}
    return {**ends, "came": came, "envelopes": numbers[0], "count_root": count_root}


def check_closed(closed: dict, size: int, root: bytes, vote: bytes) -> int:
    """How many sealed ballots the log says came before the close, in a note that is under its head."""
    position = whole_number(LOG, "the position of its note", closed.get("position"), 0, size - 1)
    word, _space, number = str(closed.get("note")).partition(" ")
    if word != "closed" or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Refused(f"{LOG}: its note is {show(closed.get('note'))}, not that of the close")
    hold(LOG, "the type of the path of its note", type(closed.get("path")), list)
    path = [digest(LOG, "a step of the path of its note", step) for step in closed["path"]]
    line = sha256(b"lamplight-log-note/1" + vote + closed["note"].encode()).digest()
    if not is_under(line, position, size, path, root):
        raise Refused(f"{LOG}: the note {show(closed['note'])} is not under the head of {size} lines")
    return whole_number(LOG, "the number of sealed ballots", int(number), 0, position)


def slot_of(text: object) -> int:
    """The ten minutes since 1970 that begin at a moment like 2026-05-04T18:20Z."""
    form = "%Y-%m-%dT%H:%MZ"
    try:
        moment = datetime.strptime(str(text), form).replace(tzinfo=timezone.utc)
    except ValueError as fault:
        raise Refused(f"{LOG}: the slot of its head is {show(text)}") from fault
    hold(LOG, "the slot of its head", text, moment.strftime(form))
    return whole_number(LOG, "the slot of its head", int(moment.timestamp()) // 600, 0, MOST_CENTS)


def is_under(line: bytes, position: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether the path leads from a line of the log to the root of so many lines (RFC 9162, 2.1.3.2)."""
    at, last, top = position, size - 1, sha256(b"\0" + line).digest()
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            top = sha256(b"\1" + step + top).digest()
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            top = sha256(b"\1" + top + step).digest()
        at, last = at // 2, last // 2
    return last == 0 and top == root


# --- Ed25519 (RFC 8032, 5.1.7), because the standard library has none; points as x, y, z, xy/z ----------------------

FIELD, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
Point = tuple  # of four numbers


def is_signed(kind: bytes, said: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the key signed this: the length of the kind's name, the name, and what was said."""
    key, number = point_of(public), int.from_bytes(signature[32:], "little")
    if key is None or number >= ORDER:
        return False
    whole = signature[:32] + public + bytes([len(kind)]) + kind + said
    drawn = int.from_bytes(sha512(whole).digest(), "little") % ORDER
    x, y, z, _t = added(times(number, BASE), times(drawn, (FIELD - key[0], key[1], 1, FIELD - key[3])))
    x, y = x * pow(z, FIELD - 2, FIELD) % FIELD, y * pow(z, FIELD - 2, FIELD) % FIELD
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes stand for."""
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    square = (y * y - 1) * pow(CURVE * y * y + 1, FIELD - 2, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    if y >= FIELD or (x * x - square) % FIELD or (x == 0 and sign):
        return None
    x = x if x % 2 == sign else FIELD - x
    return x, y, 1, x * y % FIELD


def added(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * CURVE, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        total = added(total, point) if number % 2 else total
        point, number = added(point, point), number // 2
    return total


BASE = point_of((4 * pow(5, FIELD - 2, FIELD) % FIELD).to_bytes(32, "little"))

# --- The outcome and the ballots ------------------------------------------------------------------------------------


def check_outcome(card: dict, outcome: dict, manifest: dict) -> None:
    """The parts of the outcome agree with each other and with the rule card."""
    pot, options = card["spendable_cents"], {o["number"]: o for o in card["options"]}
    is_whole = manifest["publication_level"] == "full"
    form = "lamplight-count/1" if is_whole else "lamplight-totals/1"
    hold_all(OUTCOME, outcome, format=form, rule=card["rule"], pot_cents=pot)
    funded = rows(OUTCOME, outcome, "funded", option=int, id=str, cost_cents=int)
    for row in funded:
        number = whole_number(OUTCOME, "a funded option", row["option"], 1, len(options))
        hold_all(OUTCOME, row, id=options[number]["code"], cost_cents=options[number]["cost_cents"])
        if not is_whole:
            continue
        what, paid = f"what was paid for option {number}", rows(OUTCOME, row, "paid", cents=int)
        paid = sum(whole_number(OUTCOME, what, part["cents"], 0, MOST_CENTS) for part in paid)
        hold(OUTCOME, what, paid, row["cost_cents"])
    hold_all(OUTCOME, outcome, left_cents=pot - sum(row["cost_cents"] for row in funded))
    reasons = rows(OUTCOME, outcome, "reasons", option=int, code=str)
    hold(OUTCOME, "the list of options with a reason", [row["option"] for row in reasons], list(options))
    for code, numbers in (("funded", sorted(row["option"] for row in funded)), ("withdrawn", manifest["withdrawn"])):
        hold(OUTCOME, f"the list of {code} options", [row["option"] for row in reasons if row["code"] == code], numbers)


def read_ballots(data: bytes, card: dict, manifest: dict) -> Counter:
    """The rankings of the closed ballot set with how many ballots say so; it must be the set this vote published."""
    hold(SET, "SHA-256", sha256(data).hexdigest(), manifest["closed_set_sha256"])
    line, newline, records = data.partition(b"\n")
    hold(SET, "the byte after its first line", newline, b"\n")
    header, width = read_json({SET: line}, SET), 2 * card["max_ranks"]
    names = ["ballots", "format", "max_ranks", "options", "rule_card", "salt", "vote"]
    hold(SET, "the list of fields in its first line", sorted(header), names)
    hold_all(SET, header, format="lamplight-ballots/1", vote=manifest["vote"], rule_card=manifest["rule_card_sha256"])
    hold_all(SET, header, max_ranks=card["max_ranks"], options=len(card["options"]), ballots=len(records) // width)
    digest(SET, "salt", header["salt"])
    hold(SET, "the length of its records", len(records), header["ballots"] * width)
    lines = [records[at : at + width] for at in range(0, len(records), width)]
    for before, after in zip(lines, lines[1:]):
        if before > after:
            raise Refused(f"{SET}: the record {after.hex()[:100]} stands after {before.hex()[:100]}, which is larger")
    return Counter({ranking_of(record, header["options"]): ballots for record, ballots in Counter(lines).items()})


def ranking_of(record: bytes, options: int) -> tuple[int, ...]:
    numbers = [int.from_bytes(record[at : at + 2], "big") for at in range(0, len(record), 2)]
    ranking = tuple(number for number in numbers if number)
    if any(numbers[len(ranking) :]) or len(set(ranking)) < len(ranking) or max(ranking, default=0) > options:
        raise Refused(f"{SET}: the record {show(numbers)} is not a ranking of distinct options, zeros only at its end")
    return ranking


# --- Without rankings: follow the totals, step by step, as far as they tell -----------------------------------------


class Log:
    """The events of a reduced outcome, taken one after the other by what must come next; the pot passes through."""

    def __init__(self, outcome: dict, pot: int) -> None:
        kinds = {"round": int, "phase": str, "kind": str, "numbers": dict, "pot_before": int, "pot_after": int}
        self.events, self.at, self.left = rows(OUTCOME, outcome, "events", **kinds), 0, pot

    def next_is(self, kind: str, phase: str) -> bool:
        """Whether the next event, a tie that it settles left aside, is of this kind and phase."""
        ahead = self.events[self.at : self.at + 2]
        ahead = ahead[1:] if ahead and ahead[0]["kind"] == "tie_break" else ahead
        return bool(ahead) and (ahead[0]["kind"], ahead[0]["phase"]) == (kind, phase)

    def take(self, kind: str, phase: str, round_: int, option: object = None, spent: int = 0) -> tuple[str, dict]:
        """The name and the numbers of the next event, which must be this one."""
        if self.next_is(kind, phase) and self.events[self.at]["kind"] == "tie_break":
            hold(OUTCOME, f"the option of event {self.at}", self.events[self.at].get("option"), option)
            self.at += 1
        where = f"event {self.at}"
        if self.at == len(self.events):
            raise Refused(f"{OUTCOME}: {where} is missing; it must be {kind} in {phase} {round_}")
        event = self.events[self.at]
        hold(OUTCOME, where, (event["kind"], event["phase"], event["round"]), (kind, phase, round_))
        hold(OUTCOME, f"the option of {where}", event.get("option"), option)
        pot = (self.left, self.left - spent)
        hold(OUTCOME, f"the pot before and after {where}", (event["pot_before"], event["pot_after"]), pot)
        self.at, self.left = self.at + 1, pot[1]
        return where, event["numbers"]

    def table(self, where: str, numbers: dict, name: str, width: int) -> dict[int, tuple[int, ...]]:
        """A list of an option and its numbers, as a mapping; a number that is not told is null."""
        hold(OUTCOME, f"the type of {name} in {where}", type(numbers.get(name)), list)
        found = {}
        for row in numbers[name]:
            if type(row) is not list or len(row) != width or any(type(n) not in (int, type(None)) for n in row):
                raise Refused(f"{OUTCOME}: {name} in {where} holds {show(row)}")
            if row[0] in found or min(n for n in (*row, 0) if n is not None) < 0:
                raise Refused(f"{OUTCOME}: {name} in {where} holds {show(row)}")
            found[row[0]] = tuple(row[1:])
        return found


class Replay:
    """The count followed through its totals: what is left, who is funded and why not, and the counts of each runoff."""

    def __init__(self, card: dict, outcome: dict, order: list[int], withdrawn: list[int]) -> None:
        self.card, self.outcome, self.pot = card, outcome, card["spendable_cents"]
        self.costs = {option["number"]: option["cost_cents"] for option in card["options"]}
        self.place = {number: index for index, number in enumerate(order)}
        self.log, self.funded, self.codes, self.runoffs = Log(outcome, self.pot), [], {}, []
        self.counting = whole_number(OUTCOME, "counting_ballots", outcome.get("counting_ballots"), 0, MOST_CENTS)
        whole_number(OUTCOME, "ballots", outcome.get("ballots"), self.counting, MOST_CENTS)
        self.start(order, withdrawn)

    @property
    def open(self) -> list[int]:
        return [number for number in self.costs if number not in self.codes]

    def need(self, option: int) -> int:
        return self.counting * UNIT * self.costs[option] // self.pot if self.costs[option] else 0

    def start(self, order: list[int], withdrawn: list[int]) -> None:
        """How many ballots rank each option first and at all; then what was struck, and what nobody ranks."""
        where, numbers = self.log.take("support", "start", 0)
        told = {"ballots": self.outcome["ballots"], "counting_ballots": self.counting, "lot_order": order}
        hold_all(OUTCOME, numbers, max_ranks=self.card["max_ranks"], format=self.outcome["format"], **told)
        options = rows(OUTCOME, numbers, "options", number=int, id=str, cost_cents=int, first=int, ranked=int)
        for row, option in zip_longest(options, self.card["options"], fillvalue={}):
            hold_all(OUTCOME, row, **{name: option.get(key) for name, key in NAMED.items()})
            whole_number(OUTCOME, f"ranked of option {row['number']}", row["ranked"], 0, self.counting)
            whole_number(OUTCOME, f"first of option {row['number']}", row["first"], 0, row["ranked"])
        self.first = {row["number"]: row["first"] for row in options}
        self.ranked = {row["number"]: row["ranked"] for row in options}
        hold(OUTCOME, "the sum of first choices", sum(self.first.values()), self.counting)
        for number in sorted({*withdrawn, *(n for n, cost in self.costs.items() if cost > self.pot)}):
            kind = "withdraw" if number in withdrawn else "set_aside_cost"
            self.log.take(kind, "start", 0, number)
            self.codes[number] = "withdrawn" if number in withdrawn else "costs_more_than_the_pot"
            hold(OUTCOME, f"ranked of option {number}, which was struck,", self.ranked[number], 0)
        self.codes.update((number, "unranked") for number in self.open if not self.ranked[number])

    def fund(self, option: int, phase: str, round_: int, **numbers: int) -> None:
        """The next event funds this option; it fits what is left."""
        cost = self.costs[option]
        if cost > self.log.left:
            raise Refused(f"{OUTCOME}: option {option} is funded, but costs more than the {self.log.left} cents left")
        _where, told = self.log.take("fund", phase, round_, option, spent=cost)
        hold_all(OUTCOME, told, cost_cents=cost, **numbers)
        self.funded.append(option)
        self.codes[option] = "funded"

    def funds(self, phase: str) -> int:
        """The option that the next event funds, if it is open."""
        ahead = next(event for event in self.log.events[self.log.at :] if event["kind"] == "fund")
        if ahead.get("option") not in self.open:
            raise Refused(f"{OUTCOME}: {phase} funds {show(ahead.get('option'))}, which is not open")
        return ahead["option"]

    def set_aside(self, option: int, phase: str, round_: int) -> None:
        self.log.take("set_aside_cost", phase, round_, option)
        self.codes[option] = "not_enough_left"

    def by_shares(self) -> None:
        """Supporters by rank. Exact until somebody has paid; then only bounds: nobody carries more than a share."""
        before = dict.fromkeys(self.costs, 0)
        for rank in range(1, self.card["max_ranks"] + 1):
            self.log.take("advance_rank", "shared", rank)
            support = self.supporters(rank, before)
            before.update(support)
            done = len(self.funded)
            while self.log.next_is("fund", "shared"):
                winner = self.funds("the shared budget")
                able = self.able(support)
                if self.is_exact and (winner not in able or winner != able[0]):
                    raise Refused(f"{OUTCOME}: rank {rank} funds option {winner}, but these can be paid: {show(able)}")
                if support.get(winner, 0) * UNIT < self.need(winner):
                    raise Refused(f"{OUTCOME}: the supporters of option {winner} cannot carry its cost")
                self.fund(winner, "shared", rank, supporters=support[winner])
            sure = [p for p in self.able(support) if self.is_exact or not self.costs[p]]
            hold(OUTCOME, f"the list of options left out that can be paid at rank {rank}", sure, [])
            if len(self.funded) > done:
                self.supporters(rank, before, {p: n for p, n in support.items() if p in self.open})

    @property
    def is_exact(self) -> bool:
        """Whether every ballot still carries its whole share."""
        return not any(self.costs[option] for option in self.funded)

    def able(self, support: dict[int, int]) -> list[int]:
        """Who can be paid while all carry whole shares, the first to be funded first."""
        found = [p for p in support if p in self.open and self.costs[p] <= self.log.left]
        found = [p for p in found if support[p] * UNIT >= self.need(p)]
        return sorted(found, key=lambda p: (-(support[p] * UNIT // COARSE), self.place[p]))

    def supporters(self, rank: int, before: dict[int, int], expected: dict[int, int] | None = None) -> dict[int, int]:
        """The supporters of every open option at a rank: never fewer than before, and as first choices and all say."""
        where, numbers = self.log.take("support", "shared", rank)
        hold_all(OUTCOME, numbers, rank=rank)
        found = {p: row[0] for p, row in self.log.table(where, numbers, "support", 3).items()}
        for p in self.open:
            least = self.ranked[p] if rank == self.card["max_ranks"] else self.first[p] if rank == 1 else before[p]
            most = self.first[p] if rank == 1 else self.ranked[p]
            whole_number(OUTCOME, f"the supporters of option {p} in {where}", found.get(p, 0), least, most)
        hold(OUTCOME, f"the list of options in {where}", list(found), [p for p in self.open if found.get(p)])
        if expected is not None:
            hold(OUTCOME, f"the supporters in {where}", found, expected)
        return found

    def free(self) -> None:
        for option in sorted(self.open, key=self.place.__getitem__):
            if not self.costs[option]:
                self.fund(option, "runoffs", 0, ballots=self.ranked[option])

    def points_of(self, where: str, option: int, points: int | None) -> int:
        """The points of an option, as first choices and all choices allow."""
        most, first, later = self.card["max_ranks"], self.first[option], self.ranked[option] - self.first[option]
        least = first * most + later
        return whole_number(
            OUTCOME, f"the points of option {option} in {where}", points, least, first * most + later * max(most - 1, 1)
        )

    def by_equal_shares(self) -> None:
        """Supporters and points; who is funded can carry the cost. The prices themselves need rankings."""
        self.free()
        where, numbers = self.log.take("support", "equal", 1)
        table = self.log.table(where, numbers, "support", 3)
        hold(OUTCOME, f"the list of options in {where}", list(table), self.open)
        for option, (supporters, points) in table.items():
            hold(OUTCOME, f"the supporters of option {option} in {where}", supporters, self.ranked[option])
            self.points_of(where, option, points)
        round_ = 1
        while self.log.next_is("fund", "equal"):
            winner = self.funds("equal shares")
            if self.ranked[winner] * UNIT < self.need(winner):
                raise Refused(f"{OUTCOME}: the supporters of option {winner} cannot carry its cost")
            self.fund(winner, "equal", round_, supporters=self.ranked[winner])
            round_ += 1

    def by_points(self) -> None:
        """The whole rule: it needs nothing but sums of points."""
        where, numbers = self.log.take("support", "points", 1)
        table = self.log.table(where, numbers, "points", 2)
        hold(OUTCOME, f"the list of options in {where}", list(table), self.open)
        points = {option: self.points_of(where, option, row[0]) for option, row in table.items()}
        for option in sorted(points, key=lambda p: (-points[p], self.place[p])):
            if self.costs[option] > self.log.left:
                self.set_aside(option, "points", 1)
            else:
                self.fund(option, "points", 1, points=points[option])

    def by_runoffs(self) -> None:
        """Every runoff, count by count: who is in, who leaves by which tie rule, who wins."""
        round_ = 1
        while True:
            for option in self.open:
                if self.costs[option] > self.log.left:
                    self.set_aside(option, "runoffs", round_)
            if not self.open:
                return
            self.runoff(round_)
            round_ += 1

    def runoff(self, round_: int) -> None:
        votes, rest = self.count(round_, 1, {p: 0 for p in self.open}, self.counting)
        counts, out, gains = [{**votes, REST: rest}], [], [dict(votes)]
        while True:
            leader = max(votes, key=votes.__getitem__)
            if 2 * votes[leader] > sum(votes.values()):
                self.fund(leader, "runoffs", round_, votes=votes[leader], standing=sum(votes.values()), exhausted=rest)
                self.runoffs.append({"number": round_, "counts": counts, "out": out})
                return
            loser = lowest(self, votes, gains)
            _where, told = self.log.take("eliminate", "runoffs", round_, loser)
            hold_all(OUTCOME, told, count=len(counts), votes=votes[loser])
            out.append(loser)
            had = {p: n for p, n in votes.items() if p != loser}
            votes, now = self.count(round_, len(counts) + 1, had, rest) if votes[loser] else (had, rest)
            gains.append({p: votes[p] - had[p] for p in had})
            rest = now
            counts.append({**votes, REST: rest})

    def count(self, round_: int, count: int, had: dict[int, int], rest: int) -> tuple[dict[int, int], int]:
        """The votes of a count and the ballots at rest: the same options, none with fewer, every ballot somewhere."""
        where, numbers = self.log.take("support", "runoffs", round_)
        votes = {p: row[0] for p, row in self.log.table(where, numbers, "votes", 2).items()}
        hold(OUTCOME, f"the list of options in {where}", list(votes), list(had))
        for p, least in had.items():
            whole_number(OUTCOME, f"the votes of option {p} in {where}", votes[p], least, self.counting)
        now = self.counting - sum(votes.values())
        hold_all(OUTCOME, numbers, count=count, standing=sum(votes.values()), exhausted=now)
        if count > 1 and now < rest:
            raise Refused(f"{OUTCOME}: {where} has fewer ballots at rest than the count before")
        return votes, now

    def end(self) -> None:
        """Nothing is left over, and list of funded options and reasons are those that were followed."""
        _where, numbers = self.log.take("stop", *(self.log.events[-1][name] for name in ("phase", "round")))
        hold_all(OUTCOME, numbers, left_cents=self.log.left, funded=len(self.funded))
        hold(OUTCOME, "the number of its events", len(self.log.events), self.log.at)
        hold(OUTCOME, "the order of funding", [row["option"] for row in self.outcome["funded"]], self.funded)
        for row in self.outcome["reasons"]:
            hold(OUTCOME, f"the reason of option {row['option']}", row["code"], self.codes[row["option"]])


NAMED = {"number": "number", "id": "code", "cost_cents": "cost_cents"}  # of an option, in the outcome and on the card
PARTS = {
    "shared-budget": (Replay.by_shares, Replay.by_runoffs),
    "ranked-choice": (Replay.free, Replay.by_runoffs),
    "points": (Replay.by_points,),
    "equal-shares": (Replay.by_equal_shares, Replay.by_runoffs),
}


def follow(card: dict, outcome: dict, order: list[int], withdrawn: list[int]) -> Replay:
    """Follow the count through its totals; refuse where they do not lead where it says."""
    replay = Replay(card, outcome, order, withdrawn)
    for part in PARTS[card["rule"]]:
        part(replay)
    replay.end()
    return replay


def check_paths(paths: dict, runoffs: list[dict]) -> None:
    """Count every runoff from the published paths and the others beside them: it must give the totals of each count."""
    hold_all(PATHS, paths, format="lamplight-paths/1", smallest=SMALLEST)
    found = rows(PATHS, paths, "runoffs", number=int, paths=list, others=list)
    hold(PATHS, "the list of its runoffs", [row["number"] for row in found], [row["number"] for row in runoffs])
    for row, runoff in zip(found, runoffs):
        where, counts = f"runoff {row['number']}", runoff["counts"]
        others = [others_in(f"{where}, count {at}", each) for at, each in enumerate(row["others"], 1)]
        hold(PATHS, f"the number of counts in {where}", len(others), len(counts))
        sums = [Counter(each) for each in others]
        last = {option: count for count, option in enumerate(runoff["out"], 1)}
        seen = set()
        for each in rows(PATHS, row, "paths", options=list, ballots=int):
            path = tuple(each["options"])
            check_path(where, path, seen, counts[0], last)
            whole_number(PATHS, f"the ballots of {show(path)} in {where}", each["ballots"], SMALLEST, MOST_CENTS)
            first = 1
            for option in path:
                for at in range(first, last.get(option, len(counts)) + 1):
                    sums[at - 1][option] += each["ballots"]
                first = last.get(option, len(counts)) + 1
        for at, (mine, theirs) in enumerate(zip(sums, counts), 1):
            mine, theirs = dict(sorted(mine.items())), dict(sorted(theirs.items()))
            hold(PATHS, f"what adds up in {where}, count {at}", mine, theirs)
        for at, (before, after) in enumerate(zip(others, others[1:]), 2):
            if any(after.get(option, 0) < number for option, number in before.items() if option in counts[at - 1]):
                raise Refused(f"{PATHS}: in {where}, count {at}, an option loses others before it leaves")


def others_in(where: str, table: object) -> dict[int, int]:
    """The ballots beside the paths by option, in one count."""
    if type(table) is not list or any(type(row) is not list or [type(n) for n in row] != [int, int] for row in table):
        raise Refused(f"{PATHS}: others in {where} is {show(table)}")
    found = {option: number for option, number in table if number >= 0}
    hold(PATHS, f"the number of others in {where}", len(found), len(table))
    return found


def check_path(where: str, path: tuple, seen: set, race: dict[int, int], last: dict[int, int]) -> None:
    """A path that a ballot can go: each option is in until the one before it has left, and the end is an end."""
    counts = [last.get(option, 0) for option in path if type(option) is int]
    moves = counts[:-1]
    is_walk = len(counts) == len(path) > 0 and path not in seen and set(path) <= set(race) and REST not in path[:-1]
    if not is_walk or not all(moves) or moves != sorted(moves) or counts[-1]:
        raise Refused(f"{PATHS}: {show(path)} in {where} is not a path of this runoff, or stands there twice")
    seen.add(path)


# --- Putting it together --------------------------------------------------------------------------------------------


def vote_of(card: dict, rankings: Counter, order: list[int], withdrawn: list[int]) -> Vote:
    """The vote as it is counted: what was withdrawn or is dearer than the pot is struck, and lower ranks move up."""
    costs = {option["number"]: option["cost_cents"] for option in card["options"]}
    struck = {number for number, cost in costs.items() if cost > card["spendable_cents"]} | set(withdrawn)
    ballots = Counter()
    for ranking, how_many in rankings.items():
        ballots[tuple(option for option in ranking if option not in struck)] += how_many
    ballots.pop((), None)
    place = {number: index for index, number in enumerate(order)}
    return Vote(card["spendable_cents"], costs, card["max_ranks"], ballots, sum(ballots.values()), place)


def recount(path: Path, anchors: dict[str, str], ballots: Path | None = None) -> dict:
    """Everything found out about a bundle; `verdict` is equal, differs, refused, runoffs-equal or totals-fit."""
    found = {"verdict": "refused"}
    try:
        files = read_bundle(path)
        manifest = read_json(files, MANIFEST, indent=2)
        check_manifest(manifest, files)
        check_anchors(manifest, anchors)
        card, outcome, lot = read_json(files, CARD), read_json(files, OUTCOME), read_json(files, LOT, indent=2)
        check_card(card, manifest)
        check_withdrawn(manifest, len(card["options"]))
        order = check_lot(card, lot, manifest)
        check_outcome(card, outcome, manifest)
        log = read_log(files, card, manifest, outcome, anchors)
        found.update({key: manifest[key] for key in ("vote", "result", "withdrawn", *HASHES)}, rule=card["rule"])
        if PATHS in files:
            found["paths_sha256"] = manifest["files"][PATHS]
        found.update(log)
        if SET not in files:
            replay = follow(card, outcome, order, manifest["withdrawn"])
            if PATHS in files:
                check_paths(read_json(files, PATHS), replay.runoffs)
            if ballots is None:
                return {**found, **followed(card, replay, PATHS in files)}
        rankings = read_ballots(bounded(ballots.open("rb"), SET) if ballots else files[SET], card, manifest)
        vote = vote_of(card, rankings, order, manifest["withdrawn"])
        return {**found, **allocation(card, vote, rankings, outcome)}
    except (Refused, OSError) as fault:
        return {**found, "reason": str(fault) if isinstance(fault, Refused) else show(fault)}


def read_log(files: dict[str, bytes], card: dict, manifest: dict, outcome: dict, anchors: dict[str, str]) -> dict:
    """What the log's end says, held to what the caller gave; nothing where the vote had no public log."""
    if LOG not in files and card.get("log_public_key") is not None:
        raise Refused(f"{LOG}: missing, although the rule card names a public log")
    log = check_log(read_json(files, LOG, indent=2), card, manifest, outcome.get("ballots")) if LOG in files else {}
    for name in LOG_ANCHORS:
        if name in anchors:
            hold(LOG, LOG_ANCHORS[name], log.get(name), anchors[name].strip().lower())
    return log


def allocation(card: dict, vote: Vote, rankings: Counter, outcome: dict) -> dict:
    """This program's own count, and where outcome.json says something else."""
    funded, left, codes = [], vote.pot, {option["number"]: option["code"] for option in card["options"]}
    for number in RULES[card["rule"]](vote):
        left -= vote.costs[number]
        funded.append({"option": number, "code": codes[number], "cost_cents": vote.costs[number], "left_cents": left})
    mine = {"ballots": sum(rankings.values()), "counting_ballots": vote.counting, "left_cents": left}
    pairs = [(what, value, outcome.get(what)) for what, value in mine.items()]
    both = zip_longest((row["option"] for row in funded), (row["option"] for row in outcome["funded"]))
    pairs += [(f"option funded at place {place}", *pair) for place, pair in enumerate(both, 1)]
    unequal = [pair for pair in pairs if ascii(pair[1]) != ascii(pair[2])]
    differs = [f"{what}: {show(a)} in this count, {show(b)} in {OUTCOME}" for what, a, b in unequal]
    verdict = "differs" if differs else "equal"
    return {"verdict": verdict, "pot_cents": vote.pot, **mine, "funded": funded, "differences": differs}


def followed(card: dict, replay: Replay, has_paths: bool) -> dict:
    """What following the totals has shown, and what it cannot show."""
    left, funded, codes = replay.pot, [], {option["number"]: option["code"] for option in card["options"]}
    for number in replay.funded:
        left -= replay.costs[number]
        funded.append({"option": number, "code": codes[number], "cost_cents": replay.costs[number], "left_cents": left})
    checked = ["that the totals of every step fit together and lead to this allocation"]
    if card["rule"] == "points":
        checked.append("that the sums of points lead to exactly these projects, by the rule on the rule card")
    elif replay.runoffs:
        how = "counted again from the published paths" if has_paths else "by the totals of each count"
        checked.append(f"{len(replay.runoffs)} runoffs, {how}: who leaves, who wins, and every tie")
    missing = ["that the totals are those of the ballots: only whoever holds the ballots can check that"]
    if card["rule"] in ("shared-budget", "equal-shares"):
        missing.append("how supporters paid together, and so who could be paid after the first payment")
    verdict = "runoffs-equal" if has_paths and replay.runoffs else "totals-fit"
    sums = {"ballots": replay.outcome["ballots"], "counting_ballots": replay.counting, "left_cents": left}
    return {
        "verdict": verdict,
        "pot_cents": replay.pot,
        **sums,
        "funded": funded,
        "checked": checked,
        "not_checked": missing,
    }


def in_words(found: dict, anchors: dict[str, str]) -> str:
    lines = []
    if "vote" in found:
        lines = [f"Count {found['result']} of the vote {found['vote']}, by {found['rule']}"]
        named = {name: what for name, what in ANCHORS.items() if name in found}
        for name, what in named.items():
            lines.append(f"  {what:<10} {found[name]}{' (as you gave it)' * (name in anchors)}")
        if len(anchors) < len(named):
            lines.append("Whoever writes a bundle can write these hashes too. Hold them against the printed report.")
    if "funded" in found:
        lines += ["", f"{'':>5} {'option':>6}  {'cost':>16}  {'left':>16}  code"]
        for place, row in enumerate(found["funded"], 1):
            cost, left = money(row["cost_cents"]), money(row["left_cents"])
            lines.append(f"{place:>4}. {row['option']:>6}  {cost:>16}  {left:>16}  {show(row['code'])[1:-1]}")
        lines += [f"Pot {money(found['pot_cents'])}, left {money(found['left_cents'])}"]
        lines += [f"{found['ballots']} ballots, {found['counting_ballots']} of them counting", ""]
    lines += about_log(found) if "log_root" in found else []
    lines += [f"Checked: {what}." for what in found.get("checked", ())]
    lines += [f"Not checked: {what}." for what in found.get("not_checked", ())]
    return "\n".join([*lines, *found.get("differences", ()), VERDICTS[found["verdict"]][1] + found.get("reason", "")])


def about_log(found: dict) -> list[str]:
    """How the public log ended, for whoever kept a head or a receipt of it."""
    came, counted = found["came"], found["envelopes"]
    told = "fewer than ten voted in one of the two ways, so not told apart" if counted is None else f"{counted} counted"
    return [
        f"The public log ended with {found['log_size']} lines in the ten minutes from {found['log_slot']}, signed with",
        f"the key {found['log_public_key']}, which stands on the rule card.",
        f"Sealed ballots in it: {came}. Envelopes after the close: {told}; a later one replaces an earlier one.",
        "Hold the log root against a head that you kept: if it is another, ballots were put in or taken away.",
        "",
    ]


def money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


HELD = (
    "The rule card of this vote keeps single ballots unpublished. Its observers and accredited checkers hold the "
    "closed ballot set and can count it: --ballots FILE."
)
VERDICTS = {
    "equal": (0, "EQUAL: this count gives the allocation in outcome.json."),
    "differs": (1, "DIFFERENT: this count does not give the allocation in outcome.json."),
    "refused": (1, "REFUSED: "),
    "runoffs-equal": (3, "RUNOFFS EQUAL: the published paths give every runoff. " + HELD),
    "totals-fit": (3, "TOTALS FIT: what is published fits together. " + HELD),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--ballots", type=Path, metavar="FILE", help="the closed ballot set, where the bundle has none")
    for name, what in ANCHORS.items():
        option = "--" + what.replace(" ", "-")
        parser.add_argument(option, dest=name, metavar="HASH", help=f"the {what} in the printed report (SHA-256)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of words")
    given = parser.parse_args()
    anchors = {name: getattr(given, name) for name in ANCHORS if getattr(given, name) is not None}
    found = recount(given.bundle, anchors, given.ballots)
    print(json.dumps(found, indent=2) if given.json else in_words(found, anchors))
    return VERDICTS[found["verdict"]][0]


if __name__ == "__main__":
    sys.exit(main())
