"""The verb of an import: make of a file everything that a vote here has when its envelopes are open."""

from dataclasses import dataclass
from secrets import token_bytes

from flask_babel import gettext as _

from app.core import files
from app.core.access import Actor
from app.core.clock import today
from app.core.db import db, locked, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles import services as cycles
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import CardOption, CardPerson, CountRule, LeftoverRule, PublicationLevel, rule_card
from app.cycles.services import CreateCycle, PlannedPhase
from app.places import services as places
from app.places.models import Neighborhood
from app.places.rules import slug_of
from app.places.services import DescribeCategory, DescribeNeighborhood
from app.proposals.importing import services as proposals
from app.proposals.importing.services import ImportProposal
from app.proposals.models import Proposal
from app.proposals.rules import code
from app.voting.counting.closed_set import ClosedSet, to_bytes
from app.voting.counting.formats.pabulib import PbFile
from app.voting.fixing.services import option_of
from app.voting.imports import policies, queries, rules, words
from app.voting.imports.events import VoteImported
from app.voting.models import Vote
from app.voting.rules import VoteStage, roll_hash

SALT_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class ImportVote:
    """A file that was read, and what it does not say itself.

    `neighborhood` is the address of one that is there; without it the one that the file is about, made if need be.
    An empty `name` and no `year` leave both to the file. `lot_order` holds option numbers; None is the file's order.
    """

    file: PbFile
    file_name: str
    file_sha256: str
    rule: CountRule
    neighborhood: str | None = None
    name: str = ""
    year: int | None = None
    lot_order: tuple[int, ...] | None = None

    @property
    def whole_lot_order(self) -> tuple[int, ...]:
        """The order that settles ties: the one given, else the file's."""
        return self.lot_order or self.file.vote.lot_order


def import_vote(command: ImportVote, *, by: Actor, observed_by: Actor) -> int:
    """Make cycle, projects, rule card, vote and closed ballot set of a file, all or nothing; returns the cycle's id.

    The vote then stands where one of ours stands with its envelopes open. There is no roll, no envelope and no drawn
    lot, and nothing says there were. Raises BadFile with the line for what a cycle cannot hold; refused where the same
    file is here already. The closed set is on disk before the database names it, so that a kill leaves at most a file
    nobody names.
    """
    rules.ensure_fits(command.file)
    with transaction():
        where = _home(command, by)
        message = _("A clerk and an observer of this neighborhood, two people, import a vote together.")
        ensure_standing(policies.may_import(by, observed_by, where.id), message)
        locked(Neighborhood, where.id)
        _ensure_new(command, where)
        cycle = cycles.import_cycle(_cycle(command, where.id), by=by)
        options = proposals.import_proposals(cycle.id, _projects(command.file, where.id), by=by)
        vote = _vote(command, cycle, options, by, observed_by)
        publish(
            VoteImported(
                actor_id=by.id,
                cycle_id=cycle.id,
                vote_id=vote.id.hex(),
                file_sha256=command.file_sha256,
                options=len(options),
                ballots=len(command.file.vote.ballots),
                rule_card_hash=vote.rule_card_hash,
                closed_set_hash=vote.closed_set_hash or "",
                lot_order_given=command.lot_order is not None,
            )
        )
        return cycle.id


def _home(command: ImportVote, by: Actor) -> Neighborhood:
    """The neighborhood asked for, or the one the file is about, made with the file's currency if it is not there."""
    place, currency = rules.place_of(command.file.meta), command.file.meta.get("currency", "")
    slug = command.neighborhood or slug_of(place)
    where = queries.neighborhood(slug)
    if where is None:
        ensure(command.neighborhood is None, "no_neighborhood", _("There is no neighborhood %(slug)s.", slug=slug))
        enough = bool(place and currency)
        message = _("The file does not name its place and currency. Say in which neighborhood it belongs.")
        ensure(enough, "no_place", message)
        where = _made(rules.shortened(place, rules.LONGEST_TITLE), slug, currency, by)
    other = _("The file counts in %(file)s, the neighborhood in %(here)s.", file=currency, here=where.currency)
    ensure(currency in ("", where.currency), "other_currency", other)
    return where


def _made(name: str, slug: str, currency: str, by: Actor) -> Neighborhood:
    described = DescribeNeighborhood(
        name=name, slug=slug, summary="", time_zone="UTC", currency=currency, languages=("en",)
    )
    where = places.create_neighborhood(described, by=by)
    places.add_category(where.id, DescribeCategory(name=words.category(), icon="other"), by=by)
    return where


def _ensure_new(command: ImportVote, where: Neighborhood) -> None:
    there = queries.of_file(command.file_sha256, where.id)
    if there is None:
        return
    message = _(
        "This file is here already: %(cycle)s, counted by %(rule)s, at /results/%(id)d.",
        cycle=there.cycle_name,
        rule=there.rule,
        id=there.cycle_id,
    )
    ensure(False, "imported_before", message)


def _cycle(command: ImportVote, neighborhood_id: int) -> CreateCycle:
    meta, day = command.file.meta, today()
    year = command.year or rules.year_of(meta, day)
    days = rules.days_of(meta, day)
    return CreateCycle(
        neighborhood_id=neighborhood_id,
        name=rules.shortened(command.name or rules.name_of(meta, year), rules.LONGEST_NAME),
        summary=words.summary(command.file_name, days),
        year=year,
        pot_cents=command.file.vote.pot_cents,
        contingency_cents=0,
        count_rule=command.rule,
        max_ranks=command.file.vote.max_ranks,
        leftover_rule=LeftoverRule.NEXT_CYCLE,
        publication_level=PublicationLevel.FULL,
        phases=tuple(
            PlannedPhase(kind=kind, first_on=first, last_on=last) for kind, (first, last) in rules.phases(days).items()
        ),
    )


def _projects(file: PbFile, neighborhood_id: int) -> list[ImportProposal]:
    categories = queries.categories(neighborhood_id)
    ensure(bool(categories), "no_category", _("This neighborhood has no category yet. Projects need one."))
    return [
        ImportProposal(
            title=rules.shortened(option.title, rules.LONGEST_TITLE),
            summary=words.project(option.title, option.id),
            need=words.need(),
            place=words.place(),
            category_id=rules.category_of(cells, categories),
            cost_cents=option.cost_cents,
        )
        for option, cells in zip(file.vote.options, file.cells, strict=True)
    ]


def _vote(command: ImportVote, cycle: Cycle, projects: list[Proposal], by: Actor, observed_by: Actor) -> Vote:
    vote_id = random_id()
    card = cycles.freeze_rule_card(
        cycle.id, _card(command, cycle, projects, vote_id, (by, observed_by)), lot_commitment=None, by=by
    )
    voting = next(phase for phase in cycle.phases if phase.kind == "voting")
    vote = Vote(
        id=vote_id,
        cycle_id=cycle.id,
        stage=VoteStage.OPENED,
        opens_at=voting.starts_at,
        closes_at=voting.ends_at,
        grace_seconds=0,
        threshold=1,
        trustees=1,
        objection_days=0,
        rule_card_hash=card.hash,
        option_seed="",
        roll_hash=roll_hash(vote_id, ()),
        roll_size=None,
        closed_set_hash=files.store(to_bytes(_closed_set(command.file, vote_id, card.hash))),
    )
    vote.options = [option_of(project, number) for number, project in enumerate(projects, start=1)]
    db.session.add(vote)
    db.session.flush()
    return vote


def _card(
    command: ImportVote, cycle: Cycle, projects: list[Proposal], vote_id: bytes, board: tuple[Actor, Actor]
) -> dict[str, object]:
    options = [
        CardOption(number=n, code=code(cycle.year, p.number or 0), title=p.title, cost_cents=p.cost_cents or 0)
        for n, p in enumerate(projects, start=1)
    ]
    people = [
        CardPerson(id=who.id, name=who.name, role=role) for who, role in zip(board, ("clerk", "observer"), strict=True)
    ]
    content = rule_card(
        cycle_facts(cycle.id), options=options, lot_commitment=None, board=people, trustees=(), threshold=0
    )
    came_from = rules.where_from(
        command.file, name=command.file_name, sha256=command.file_sha256, lot_given=command.lot_order is not None
    )
    return content | {"vote": vote_id.hex(), "lot_order": list(command.whole_lot_order), "imported": came_from}


def _closed_set(file: PbFile, vote_id: bytes, card_hash: str) -> ClosedSet:
    return ClosedSet(
        vote_id=vote_id.hex(),
        rule_card_hash=bytes.fromhex(card_hash),
        options=len(file.vote.options),
        max_ranks=file.vote.max_ranks,
        ballots=file.vote.ballots,
        salt=token_bytes(SALT_BYTES),
    )
