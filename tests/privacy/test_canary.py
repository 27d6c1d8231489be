"""T35: while a vote is open, what people ranked stands in no file of the site, its logs or its backups."""

import json
import re
import runpy
from base64 import b64encode
from itertools import islice
from secrets import token_hex

import pytest

from app.voting import queries
from app.voting.models import Vote
from app.voting.notices import services as notices
from app.voting.sealing import ballots
from tests import make
from tests.house import ROOT
from tests.privacy.site import House, cast, cookie_of, house, memory, serving
from tests.privacy.votes import CHANCE
from tests.sizes import size

OPTIONS, RANKS = 40, 5
KINDS = ["sqlite", "postgresql"]


def encodings(vote: Vote, ranking: tuple[int, ...]) -> dict[str, bytes]:
    """A ranking in every form in which the program, a log or a tool could write it down."""
    facts = queries.vote_facts(vote.cycle_id)
    plain = ballots.canonical(ranking, vote_id=facts.id, options=OPTIONS, max_ranks=RANKS)
    packed = b"".join(number.to_bytes(2, "big") for number in ranking)
    listed = [str(number) for number in ranking]
    texts = {
        "form": "&".join(f"ranked={n}" for n in listed),
        "JSON": json.dumps(ranking),
        "short JSON": json.dumps(ranking, separators=(",", ":")),
        "tuple": str(ranking),
        "texts": json.dumps(listed),
        "words": " ".join(listed),
        "commas": ",".join(listed),
        "hex": packed.hex(),
        "array": "{" + ",".join(listed) + "}",
        "ranks": ">".join(listed),
    }
    shifted = {f"base64 at {n}": b64encode(bytes(n) + packed)[4 if n else 0 : -4] for n in range(3)}
    binary = {"canonical": plain.rstrip(b"\0"), "packed": packed, "little": _little(ranking), **shifted}
    return {name: text.encode() for name, text in texts.items()} | binary


def _little(ranking: tuple[int, ...]) -> bytes:
    return b"".join(number.to_bytes(2, "little") for number in ranking)


def hits(site: House, needles: dict[str, bytes]) -> list[str]:
    """Where any of them stands: the file and the form."""
    found = []
    for path in site.places():
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue
        found += [f"{name} in {path}" for name, needle in needles.items() if needle in data]
    return found


def address_of(voter: int) -> str:
    """Where somebody sits, as the web server sees it."""
    return f"127.0.{1 + voter // 200}.{2 + voter % 200}"


def casters_in(site: House, voters: int) -> list[int]:
    """The voters whose addresses stand in anything the web server has written, in their order there."""
    written = "".join(path.read_text(errors="replace") for path in sorted(site.logs.iterdir()))
    places = [(re.search(rf"\b{re.escape(address_of(n))}\b", written), n) for n in range(voters)]
    return [n for _at, n in sorted((found.start(), n) for found, n in places if found)]


def ballots_cast(site: House, voters: int) -> tuple[Vote, dict[str, bytes]]:
    """So many ballots through the served site, and what must be nowhere."""
    vote, roll = make.open_vote(voters=voters, options=OPTIONS, max_ranks=RANKS, pot_cents=100_000_000_00)
    needles: dict[str, bytes] = {}
    for n, voter in enumerate(roll):
        site.address = address_of(n)
        ranking = tuple(CHANCE.sample(range(10, OPTIONS + 1), RANKS))
        canary = f"canary-{token_hex(8)}"
        cast(site, vote, cookie_of(site, make.account(voter)), ranking, more={"note": canary})
        needles |= {f"{name} of {n}": needle for name, needle in encodings(vote, ranking).items()}
        needles[f"string of {n}"] = canary.encode()
    return vote, needles


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_what_people_rank_is_in_no_file_while_the_vote_is_open(kind, tmp_path, figure):
    voters = size(commit=4, night=100)
    with house(kind, tmp_path) as site, serving(site):
        vote, needles = ballots_cast(site, voters)
        notices.tell(vote.id)
        site.back_up()
        found = hits(site, needles)
        told = [needle for name, needle in needles.items() if name.startswith(("form", "string"))]
        in_memory = memory(site, told)
        files = sum(1 for _path in site.places())
        casters = casters_in(site, voters)
    note = f"{len(found)} hits in {files} files; in memory {in_memory} of {len(told)}, measured and not promised"
    figure("T35", f"canary, {kind}", size=f"{voters} ballots × {len(needles) // voters} forms", figure=note)
    figure("T34", f"access log and output of gunicorn, {kind}", size=f"{voters} voters", figure=f"{len(casters)} told")
    assert found == [] and casters == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_search_finds_a_server_that_logs_what_requests_carry(kind, tmp_path, figure):
    with house(kind, tmp_path) as site, serving(site, "tests.privacy.tapped:create_app()"):
        _vote, needles = ballots_cast(site, 1)
        found = hits(site, needles)
        lines = (site.logs / "access").read_text()
    figure("T35", f"canary, {kind}", twin=f"{len(found)} hits with request bodies in the log")
    assert any("form of 0" in each for each in found) and any("string of 0" in each for each in found)
    assert "/healthz" in lines and "/ballots" not in lines


def test_an_ordinary_access_log_would_say_who_voted_when(tmp_path, figure):
    plain = ("--config", "/dev/null")
    with house("sqlite", tmp_path) as site, serving(site, "app:create_app()", *plain):
        vote, _needles = ballots_cast(site, 3)
        lines, casters = (site.logs / "access").read_text(), casters_in(site, 3)
    figure("T34", "access log and output of gunicorn, sqlite", twin=f"{len(casters)} of 3 told, in order")
    assert lines.count(f"POST /ballots/{vote.cycle_id}/cast") >= 3 and casters == [0, 1, 2]


def test_lamplight_is_started_without_an_access_log():
    script = (ROOT / "scripts" / "serve.sh").read_text()
    assert "--access-logfile" not in script and "gunicorn" in script


def test_the_pages_around_a_vote_are_in_no_access_log(app):
    rooms = {"ballots", "disputes", "log", "accounts", "codes", "stations", "notices", "static"}
    unlogged = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["UNLOGGED"]
    paths = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] in rooms}
    office = {path for path in paths if path.startswith("/office")}
    assert sorted(path for path in paths - office if not path.startswith(unlogged)) == []
    assert len(paths - office) > 15


def test_every_form_is_told_from_every_other(app):
    vote, _roll = make.open_vote(options=OPTIONS, pot_cents=100_000_000_00)
    forms = encodings(vote, tuple(islice(range(11, 40, 3), RANKS)))
    assert len(set(forms.values())) == len(forms) and min(map(len, forms.values())) >= 8
