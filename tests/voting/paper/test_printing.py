"""What is printed: no serial on a ballot, every option in the order of the lot, its check marks, each language."""

import re

import pytest

from app.core import files, jobs
from app.core.access import Role
from app.core.errors import NoStanding
from app.voting import queries as votes
from app.voting.paper.printing import pages, queries, services
from app.voting.paper.printing.rules import parts, pattern
from tests import make
from tests.voting.paper.station import ON_SQLITE, station


def sheets(app, at, stubs=range(1, 4), **more):
    facts = {"language": "en", "large_print": False} | more
    with app.test_request_context():
        return re.findall(r"<article.*?</article>", pages.ballots(at.cycle_id, stubs, **facts), re.DOTALL)


def without_stub(sheet):
    return re.sub(r'<section class="stub">.*?</section>', "", sheet, flags=re.DOTALL)


def check_no_serial(found):
    assert len({without_stub(sheet) for sheet in found}) == 1, "a ballot can be told from the others"


@ON_SQLITE
def test_ballots_are_alike_once_their_stubs_are_off(app):
    found = sheets(app, station())
    check_no_serial(found)
    assert [re.search(r"Stub (\d+)", sheet)[1] for sheet in found] == ["1", "2", "3"]


@ON_SQLITE
def test_the_check_notices_a_serial_on_the_ballot(app):
    found = [sheet.replace("End of the ballot", f"End {n}") for n, sheet in enumerate(sheets(app, station()))]
    with pytest.raises(AssertionError):
        check_no_serial(found)


@ON_SQLITE
def test_a_ballot_shows_every_option_once_with_a_circle_for_each_rank(app):
    at = station(options=5)
    [sheet] = sheets(app, at, range(1, 2))
    listed = re.findall(r'<td class="number">(\d+)</td>.*?<bdi>(.*?)</bdi>', sheet, re.DOTALL)
    assert listed == [(str(option.number), option.title) for option in votes.options(at.vote_id)]
    assert sheet.count("<ellipse") == 5 * votes.vote_facts(at.cycle_id).max_ranks


def test_a_vote_and_a_language_have_their_own_check_marks():
    assert pattern(b"v", "en") == pattern(b"v", "en")
    assert len({tuple(pattern(vote, code)) for vote in (b"v", b"w") for code in ("en", "es")}) == 4


def test_a_printing_is_divided_into_files():
    assert [(part.start, part.stop - 1) for part in parts(21, 120)] == [(21, 70), (71, 120), (121, 140)]


@ON_SQLITE
def test_the_text_of_a_ballot_runs_as_its_language_does(app):
    with app.test_request_context():
        document = pages.ballots(station().cycle_id, [1], language="ar", large_print=True)
    assert '<html lang="ar" dir="rtl" class="large">' in document


@ON_SQLITE
def test_a_worker_makes_the_count_pack_and_a_killed_one_makes_it_again(app, monkeypatch, prints):
    at = station()
    order = services.order_pack(at.cycle_id, "en", by=at.clerk)
    with monkeypatch.context() as patch:
        patch.setattr(services.press, "printed", lambda sheet: 1 / 0)
        jobs.run_waiting()
    assert not queries.order(order.id).is_finished
    jobs.run_waiting()
    [(name, digest)] = queries.order(order.id).files
    assert (name, files.load(digest)[:4]) == ("count-pack-en.pdf", b"%PDF")


@ON_SQLITE
def test_only_a_clerk_has_ballots_printed(app):
    at = station()
    for role in (Role.OFFICER, Role.OBSERVER):
        with pytest.raises(NoStanding):
            services.order_pack(at.cycle_id, "en", by=make.actor(role))
