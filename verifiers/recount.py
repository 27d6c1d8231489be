#!/usr/bin/env python3
"""Count a Lamplight vote again from its published bundle, with nothing but Python 3.9 or newer.

    python3 recount.py BUNDLE      BUNDLE is the zip or the unpacked folder; left out, the folder this file lies in

It first holds the files of the bundle against each other, then counts the ballots by the rule on the rule card, and
says whether that gives the allocation in outcome.json. It shares no line with the program that counted first: it is
written from the public specification, docs/counting.md in the source of Lamplight.

Exit codes: 0 the allocation is equal; 1 it differs, or the bundle is refused and the reason printed; 2 the command is
mistyped; 3 the bundle is sound but carries no rankings, so that only somebody who was given the ballots can count.

A vote can be counted more than once, and a bundle does not say whether its count is the certified one. The report and
the result page name the outcome hash of the certified count. Besides, whoever can write a bundle can also write
matching hashes into it. So hold it to the hashes printed there: --closed-set, --rule-card and --outcome. Take this
program, too, from where you trust it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

MANIFEST, SET = "manifest.json", "closed-ballot-set.bin"
CARD, LOT, OUTCOME = "rule-card.json", "lot.json", "outcome.json"
FILES = (CARD, SET, LOT, OUTCOME, "recount.py", "README.txt")  # besides the manifest
HASHES = {"closed_set_sha256": "closed set", "rule_card_sha256": "rule card", "outcome_sha256": "outcome"}
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
    if manifest["publication_level"] not in ("full", "totals"):
        raise Refused(f"{MANIFEST}: publication_level is {show(manifest['publication_level'])}, not full or totals")
    expected = sorted(name for name in FILES if name != SET or manifest["publication_level"] == "full")
    for name in sorted(set(files) ^ {MANIFEST, *expected}):
        raise Refused(f"{name}: {'no part of a bundle without rankings' if name in files else 'missing'}")
    hashes = {name: sha256(files[name]).hexdigest() for name in expected}
    hold(MANIFEST, "the type of files", type(manifest["files"]), dict)
    hold(MANIFEST, "the list of files", sorted(manifest["files"]), expected)
    for name in expected:
        hold(name, "SHA-256", hashes[name], manifest["files"][name])
    hold_all(MANIFEST, manifest, rule_card_sha256=hashes[CARD], outcome_sha256=hashes[OUTCOME])
    hold_all(MANIFEST, manifest, closed_set_sha256=hashes.get(SET, manifest["closed_set_sha256"]))


def check_anchors(manifest: dict, anchors: dict[str, str]) -> None:
    """The hashes that the caller read in the printed report."""
    for name, given in anchors.items():
        hold(MANIFEST, name, manifest[name], given.strip().lower())


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


def check_outcome(card: dict, outcome: dict, manifest: dict) -> None:
    """The parts of the outcome agree with each other and with the rule card."""
    pot, options = card["spendable_cents"], {o["number"]: o for o in card["options"]}
    hold_all(OUTCOME, outcome, format="lamplight-count/1", rule=card["rule"], pot_cents=pot)
    funded = rows(OUTCOME, outcome, "funded", option=int, id=str, cost_cents=int)
    for row in funded:
        number = whole_number(OUTCOME, "a funded option", row["option"], 1, len(options))
        hold_all(OUTCOME, row, id=options[number]["code"], cost_cents=options[number]["cost_cents"])
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
    """Everything found out about a bundle; `verdict` is equal, differs, refused or no-rankings."""
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
        found.update({key: manifest[key] for key in ("vote", "result", "withdrawn", *HASHES)}, rule=card["rule"])
        if SET not in files and ballots is None:
            return {**found, "verdict": "no-rankings"}
        rankings = read_ballots(bounded(ballots.open("rb"), SET) if ballots else files[SET], card, manifest)
        vote = vote_of(card, rankings, order, manifest["withdrawn"])
        return {**found, **allocation(card, vote, rankings, outcome)}
    except (Refused, OSError) as fault:
        return {**found, "reason": str(fault) if isinstance(fault, Refused) else show(fault)}


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


def in_words(found: dict, anchors: dict[str, str]) -> str:
    lines = []
    if "vote" in found:
        lines = [f"Count {found['result']} of the vote {found['vote']}, by {found['rule']}"]
        for name, what in HASHES.items():
            lines.append(f"  {what:<10} {found[name]}{' (as you gave it)' * (name in anchors)}")
        if len(anchors) < len(HASHES):
            lines.append("Whoever writes a bundle can write these hashes too. Hold them against the printed report.")
    if "funded" in found:
        lines += ["", f"{'':>5} {'option':>6}  {'cost':>16}  {'left':>16}  code"]
        for place, row in enumerate(found["funded"], 1):
            cost, left = money(row["cost_cents"]), money(row["left_cents"])
            lines.append(f"{place:>4}. {row['option']:>6}  {cost:>16}  {left:>16}  {show(row['code'])[1:-1]}")
        lines += [f"Pot {money(found['pot_cents'])}, left {money(found['left_cents'])}"]
        lines += [f"{found['ballots']} ballots, {found['counting_ballots']} of them counting", ""]
    return "\n".join([*lines, *found.get("differences", ()), VERDICTS[found["verdict"]][1] + found.get("reason", "")])


def money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


VERDICTS = {
    "equal": (0, "EQUAL: this count gives the allocation in outcome.json."),
    "differs": (1, "DIFFERENT: this count does not give the allocation in outcome.json."),
    "refused": (1, "REFUSED: "),
    "no-rankings": (
        3,
        "NOT COUNTED: the rule card of this vote keeps single ballots unpublished. What is published fits together. "
        "The board and accredited observers hold the closed ballot set and can count it: --ballots FILE.",
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--ballots", type=Path, metavar="FILE", help="the closed ballot set, where the bundle has none")
    for name, what in HASHES.items():
        option = "--" + what.replace(" ", "-")
        parser.add_argument(option, dest=name, metavar="HASH", help=f"SHA-256 of the {what} in the printed report")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of words")
    given = parser.parse_args()
    anchors = {name: getattr(given, name) for name in HASHES if getattr(given, name) is not None}
    found = recount(given.bundle, anchors, given.ballots)
    print(json.dumps(found, indent=2) if given.json else in_words(found, anchors))
    return VERDICTS[found["verdict"]][0]


if __name__ == "__main__":
    sys.exit(main())
