"""The rooms with pages, and the few doors of theirs that let in by a signature."""

from collections.abc import Callable

from flask import Blueprint

from app.accounts import views as accounts
from app.accounts.authenticator import views as authenticator
from app.accounts.confirming import views as confirming
from app.accounts.office import views as people
from app.accounts.staff import views as staff
from app.admin import views as admin
from app.admin.cycles import views as office_cycles
from app.admin.places import views as office_places
from app.admin.week import views as office_week
from app.cycles import views as cycles
from app.cycles.plans import views as ballot_plans
from app.cycles.priorities import views as priorities
from app.home import views as home
from app.notifications.choices import views as mail_choices
from app.opendata import views as opendata
from app.places import views as places
from app.places.workdays import views as workdays
from app.proposals import views as proposals
from app.proposals.attachments import views as attachments
from app.proposals.ballot_texts import views as ballot_texts
from app.proposals.clashes import views as clashes
from app.proposals.coauthors import views as coauthors
from app.proposals.contacts import views as contacts
from app.proposals.desk import views as desk
from app.proposals.discussion import views as discussion
from app.proposals.discussion.moderation import views as moderation
from app.proposals.follows import views as follows
from app.proposals.help_prices import views as help_prices
from app.proposals.hiding import views as hiding
from app.proposals.merging import views as merging
from app.proposals.names.judging import views as names
from app.proposals.outlooks import views as outlooks
from app.proposals.prices import views as prices
from app.proposals.priorities import views as serving
from app.proposals.review import views as review
from app.proposals.review.assigning import views as assigning_pages
from app.proposals.review.checklists import views as checklists
from app.proposals.review.notes import views as notes
from app.proposals.review.publishing import views as publishing
from app.proposals.revisions import views as revision_pages
from app.proposals.search import views as finding
from app.proposals.second_looks import views as second_looks
from app.proposals.splitting import views as splitting
from app.proposals.spots import views as spots
from app.proposals.supports import views as supports
from app.proposals.withdrawals import views as withdrawals
from app.proposals.wordings import views as wordings
from app.proposals.writing import views as writing
from app.reports import views as reports
from app.reports.annual.forewords import views as forewords
from app.reports.chairs_copy import views as chairs_papers
from app.reports.checking import views as checking
from app.reports.commenting import views as commenting
from app.reports.desk import views as report_desk
from app.reports.languages import views as languages
from app.reports.letters import views as letters
from app.reports.progress.promises import views as quarter_promises
from app.reports.shelves import views as shelves
from app.taskforces import views as taskforces
from app.taskforces.agenda import views as agenda
from app.taskforces.indicators import views as indicators
from app.taskforces.indicators.requests import views as requests_files
from app.taskforces.interests import views as interests
from app.taskforces.meetings import views as meetings
from app.taskforces.meetings.calendar import views as calendar
from app.taskforces.meetings.items import views as agenda_items
from app.taskforces.meetings.minutes import views as minutes
from app.taskforces.meetings.outcomes import views as outcomes
from app.taskforces.meetings.papers import views as papers
from app.taskforces.meetings.sessions import views as sessions
from app.taskforces.organizations import views as organizations
from app.taskforces.oversight import views as oversight
from app.taskforces.oversight.money import views as oversight_money
from app.taskforces.projects import views as projects
from app.taskforces.projects.baselines import views as baselines
from app.taskforces.projects.claims import views as claims
from app.taskforces.projects.closing import views as closing
from app.taskforces.projects.confirming import views as confirmations
from app.taskforces.projects.partners import views as partners
from app.taskforces.projects.pausing import views as pausing
from app.taskforces.projects.promises import views as milestones
from app.taskforces.projects.sheets import views as sheets
from app.taskforces.projects.stages import views as stages
from app.taskforces.questions import views as questions
from app.taskforces.questions.answering import views as answering
from app.taskforces.questions.asking import views as asking
from app.taskforces.questions.handling import views as handling
from app.taskforces.seats import views as seats
from app.taskforces.seats.absences import views as absences
from app.taskforces.seats.nominations import views as nominations
from app.taskforces.seats.offers import views as offers
from app.taskforces.setbacks import views as setbacks
from app.taskforces.setbacks.actions import views as corrective_actions
from app.taskforces.setbacks.planning import views as planning_pages
from app.taskforces.signing import views as signing_pages
from app.taskforces.signing.escalating import views as escalating
from app.taskforces.signing.paper import views as signing_paper
from app.taskforces.spending.books import views as books
from app.taskforces.spending.chain import views as ledger
from app.taskforces.spending.commitments import views as commitment_pages
from app.taskforces.spending.contracts import views as contract_pages
from app.taskforces.spending.documents import views as spending_documents
from app.taskforces.spending.expenses import views as expense_pages
from app.taskforces.spending.forecasts import views as forecasts
from app.taskforces.spending.reconciliation import views as reconciliation
from app.taskforces.spending.returns import views as return_pages
from app.taskforces.spending.tie_outs import views as tie_outs
from app.taskforces.spending.transfers import views as transfer_pages
from app.taskforces.taking import views as taking
from app.taskforces.updates import views as updates
from app.taskforces.updates.drafts import views as update_drafts
from app.taskforces.updates.pictures import views as update_pictures
from app.taskforces.updates.stories import views as stories
from app.taskforces.updates.versions import views as update_versions
from app.voting import views as voting
from app.voting.ballots import views as ballots
from app.voting.board import views as board
from app.voting.board.changes import views as board_change_pages
from app.voting.board.naming import views as naming
from app.voting.disputes import views as disputes
from app.voting.extending import views as extending_pages
from app.voting.fixing import views as fixing_pages
from app.voting.fixing.council import views as council
from app.voting.log import views as log
from app.voting.log.feed import views as log_feed
from app.voting.log.witnesses import views as witnesses
from app.voting.notices import views as notice_pages
from app.voting.objections import views as objections
from app.voting.paper import views as paper
from app.voting.paper.batches import views as paper_batches
from app.voting.paper.checks import views as paper_checks
from app.voting.paper.desk import views as paper_desk
from app.voting.paper.differences import views as paper_difference_pages
from app.voting.paper.entry import views as paper_entry
from app.voting.paper.printing import views as paper_printing
from app.voting.promises import views as promises
from app.voting.results import views as results
from app.voting.results.checkers import views as checkers
from app.voting.results.explanations import views as explanation_pages
from app.voting.results.lot import views as lot
from app.voting.results.recounts import views as recounts
from app.voting.results.steps import views as result_steps
from app.voting.roll import views as roll
from app.voting.roll.changes import views as roll_change_pages
from app.voting.roll.codes import views as postal_code_pages
from app.voting.roll.imports import views as roll_imports
from app.voting.roll.stations import views as stations
from app.voting.trustees import views as trustees
from app.voting.turnout import views as turnout_pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    accounts.bp,
    staff.bp,
    confirming.bp,
    authenticator.bp,
    people.bp,
    places.bp,
    workdays.bp,
    cycles.bp,
    priorities.bp,
    proposals.bp,
    writing.bp,
    contacts.bp,
    desk.bp,
    help_prices.bp,
    coauthors.bp,
    finding.bp,
    attachments.bp,
    spots.bp,
    revision_pages.bp,
    merging.bp,
    splitting.bp,
    clashes.bp,
    ballot_texts.bp,
    outlooks.bp,
    prices.bp,
    review.bp,
    assigning_pages.bp,
    notes.bp,
    checklists.bp,
    publishing.bp,
    second_looks.bp,
    discussion.bp,
    moderation.bp,
    names.bp,
    hiding.bp,
    supports.bp,
    follows.bp,
    serving.bp,
    withdrawals.bp,
    wordings.bp,
    voting.bp,
    board.bp,
    naming.bp,
    fixing_pages.bp,
    council.bp,
    extending_pages.bp,
    board_change_pages.bp,
    trustees.bp,
    objections.bp,
    disputes.bp,
    ballots.bp,
    roll.bp,
    roll_imports.bp,
    notice_pages.bp,
    promises.bp,
    turnout_pages.bp,
    log.bp,
    log_feed.bp,
    witnesses.bp,
    roll_change_pages.bp,
    postal_code_pages.bp,
    stations.bp,
    results.bp,
    result_steps.bp,
    explanation_pages.bp,
    lot.bp,
    recounts.bp,
    paper.bp,
    paper_desk.bp,
    paper_batches.bp,
    paper_entry.bp,
    paper_checks.bp,
    paper_difference_pages.bp,
    paper_printing.bp,
    checkers.bp,
    taskforces.bp,
    taking.bp,
    agenda.bp,
    seats.bp,
    offers.bp,
    nominations.bp,
    absences.bp,
    interests.bp,
    organizations.bp,
    projects.bp,
    stages.bp,
    milestones.bp,
    baselines.bp,
    claims.bp,
    pausing.bp,
    closing.bp,
    confirmations.bp,
    partners.bp,
    sheets.bp,
    updates.bp,
    update_drafts.bp,
    update_pictures.bp,
    stories.bp,
    setbacks.bp,
    corrective_actions.bp,
    planning_pages.bp,
    signing_pages.bp,
    meetings.bp,
    agenda_items.bp,
    sessions.bp,
    outcomes.bp,
    minutes.bp,
    papers.bp,
    calendar.bp,
    signing_paper.bp,
    escalating.bp,
    oversight.bp,
    oversight_money.bp,
    questions.bp,
    asking.bp,
    answering.bp,
    handling.bp,
    books.bp,
    ledger.bp,
    commitment_pages.bp,
    contract_pages.bp,
    spending_documents.bp,
    expense_pages.bp,
    forecasts.bp,
    return_pages.bp,
    transfer_pages.bp,
    tie_outs.bp,
    reconciliation.bp,
    indicators.bp,
    requests_files.bp,
    update_versions.bp,
    mail_choices.bp,
    reports.bp,
    languages.bp,
    commenting.bp,
    quarter_promises.bp,
    forewords.bp,
    letters.bp,
    report_desk.bp,
    shelves.bp,
    checking.bp,
    opendata.bp,
    chairs_papers.bp,
    admin.bp,
    office_cycles.bp,
    ballot_plans.bp,
    office_places.bp,
    office_week.bp,
)

WITHOUT_FORM_TOKEN: tuple[Callable[..., object], ...] = (log_feed.cosign, mail_choices.stop_now)
"""Views that let in by a signature in their body or address and never look at the session (decision record 16)."""
