"""Files that hang on rows: two equal ones part company, the commit settles them, and a kill leaves nothing behind."""

import pytest

from app.core import files, hung
from app.core.db import transaction
from app.core.errors import NotFound
from app.taskforces.models import TaskForce
from tests import make

ROOM = "lamps"


def kept(owner_id: int) -> str:
    with transaction(), hung.drafted(ROOM, owner_id, b"a picture") as digest:
        return digest


def test_two_equal_files_are_kept_under_two_hashes_so_that_each_goes_alone(app):
    first, second = kept(1), kept(1)
    with transaction():
        hung.drop(ROOM, 1, first, None)
    assert hung.content(second) == b"a picture" and files.drafts(ROOM) == []
    with pytest.raises(NotFound):
        hung.content(first)


def test_an_error_in_the_block_leaves_no_file(app):
    with pytest.raises(ZeroDivisionError), transaction(), hung.drafted(ROOM, 1, b"a picture") as digest:
        raise ZeroDivisionError
    assert files.drafts(ROOM) == []
    with pytest.raises(NotFound):
        hung.content(digest)


@pytest.mark.parametrize("stands", [True, False])
def test_after_a_kill_a_file_stays_if_its_row_stands_and_goes_if_it_does_not(app, monkeypatch, stands):
    body = make.task_force()
    monkeypatch.setattr(hung, "after_commit", lambda _act: None)
    digest = kept(body.id)
    assert len(files.drafts(ROOM)) == 1
    hung.clear_left(ROOM, TaskForce, lambda owner_id: {digest} if stands and owner_id == body.id else set())
    assert files.drafts(ROOM) == [] and _is_there(digest) is stands


def _is_there(digest: str) -> bool:
    try:
        return bool(hung.content(digest))
    except NotFound:
        return False
