"""Ordering prints, and the worker's part: file after file, each stored under its hash."""

from flask import current_app
from flask_babel import gettext as _

from app.core import files, jobs
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import ensure_standing
from app.core.events import publish
from app.core.jobs import Arguments, Lease, telling
from app.core.printing import press
from app.core.printing.pdf import Sheet
from app.voting import queries as votes
from app.voting.paper import policies
from app.voting.paper import queries as paper
from app.voting.paper.models import PaperPrint
from app.voting.paper.printing import pages, queries
from app.voting.paper.printing.events import PrintMade, PrintOrdered
from app.voting.paper.printing.queries import PrintFacts
from app.voting.paper.printing.rules import PrintKind, parts

PRINT = "paper.print"
STYLESHEET = "css/paper.css"


def order_ballots(cycle_id: int, stock_id: int, *, by: Actor) -> PaperPrint:
    """Have a worker make the ballots of a printing; the same sheets again replace nothing."""
    stock = paper.stock(votes.vote_facts(cycle_id).id, stock_id)
    return _order(cycle_id, PrintKind.BALLOTS, stock.language, stock_id, by)


def order_pack(cycle_id: int, language: str, *, by: Actor) -> PaperPrint:
    """Have a worker make the forms of the count in one language."""
    return _order(cycle_id, PrintKind.PACK, language, None, by)


def make(lease: Lease) -> None:
    """The worker's part: every file of an order, then the mark that it is finished, only while the lease is held."""
    order = queries.order(int(lease.arguments["print_id"]))
    hear = telling(lease, _tell)
    made: list[list[str]] = []
    documents = _documents(order)
    for at, (name, document) in enumerate(documents, start=1):
        made.append([name, files.store(press.printed(Sheet(document=document, stylesheet=STYLESHEET)))])
        hear(at / len(documents))
    with lease.finishing():
        row = db.session.get_one(PaperPrint, order.id)
        row.files, row.percent, row.finished_at = made, 100, now()
        hashes = tuple(digest for _name, digest in made)
        publish(PrintMade(actor_id=None, cycle_id=order.cycle_id, print_id=order.id, files=hashes))


def _order(cycle_id: int, kind: PrintKind, language: str, stock_id: int | None, by: Actor) -> PaperPrint:
    vote = votes.vote_facts(cycle_id)
    message = _("Only a clerk of this neighborhood has ballots printed.")
    ensure_standing(policies.may_prepare(by, vote.cycle.neighborhood_id), message)
    with transaction():
        row = PaperPrint(
            vote_id=vote.id, kind=kind, stock_id=stock_id, language=language, percent=0, requested_at=now()
        )
        db.session.add(row)
        db.session.flush()
        jobs.enqueue(PRINT, print_id=row.id)
        publish(PrintOrdered(actor_id=by.id, cycle_id=cycle_id, print_id=row.id, kind=kind.value, language=language))
    return row


def _documents(order: PrintFacts) -> list[tuple[str, str]]:
    """The name and the document of each file."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        if order.kind is PrintKind.PACK or order.stock_id is None:
            return [(f"count-pack-{order.language}.pdf", pages.pack(order.cycle_id, language=order.language))]
        stock = paper.stock(order.vote_id, order.stock_id)
        large = "-large" if stock.large_print else ""
        return [
            (
                f"ballots-{part.start}-{part.stop - 1}-{order.language}{large}.pdf",
                pages.ballots(order.cycle_id, part, language=order.language, large_print=stock.large_print),
            )
            for part in parts(stock.first_stub, stock.printed)
        ]


def _tell(arguments: Arguments, percent: int) -> None:
    db.session.get_one(PaperPrint, int(arguments["print_id"])).percent = percent
