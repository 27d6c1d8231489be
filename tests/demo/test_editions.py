"""Riverside has published one report of each of a few kinds, where such can be published."""

import pytest

from app.core import jobs
from app.core.access import Role
from app.demo.work.editions import KINDS, publish_latest
from app.reports import queries
from app.reports.pages import Block
from app.reports.rules import EditionStage, ReportKind
from tests import make
from tests.reports import sample


@pytest.fixture
def slug(app):
    """A neighborhood whose task force owes some quarters; there is no press."""
    return make.task_force().neighborhood.slug


def latest(slug, kind):
    return publish_latest(slug, kind, by=make.actor(Role.CLERK), work=jobs.run_waiting)


def test_the_latest_one_that_nothing_keeps_back_is_published(slug):
    with sample.published_kinds(ReportKind.QUESTIONS):
        edition_id = latest(slug, ReportKind.QUESTIONS)
    assert edition_id is not None and queries.detail(edition_id).row.stage is EditionStage.PUBLISHED


def test_what_is_blocked_or_signed_or_unknown_is_left(slug):
    kind = ReportKind.QUESTIONS
    with sample.published_kinds(kind, blocks=lambda line: (Block(said="Not yet."),)):
        assert latest(slug, kind) is None
    with sample.published_kinds(kind, is_signed=True):
        assert latest(slug, kind) is None
    with sample.published_kinds(ReportKind.RESULTS):
        assert [latest(slug, each) for each in KINDS] == [None, None, None]
