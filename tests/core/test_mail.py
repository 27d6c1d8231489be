"""One mail: plain words, one line of subject, links to our own site, a file where there is no server."""

from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from app.core import mail

FACTS = {"name": "Ada <b>", "title": "Lamps & benches", "code": "P1", "cycle": "C", "proposal_id": 1}


def send(**more):
    mail.send("proposal_received", to="ada@example.org", locale="en", facts=FACTS | more)


def test_a_title_cannot_add_a_header_or_a_reader(app, mailbox):
    send(title="Lamps\r\nBcc: mallory@example.org\n\nhello")
    sent = mailbox.newest()
    assert sent.recipients() == ["ada@example.org"]
    assert "Bcc" not in sent.message() and "\n" not in sent.subject


def test_words_stand_in_a_mail_as_they_were_typed(app, mailbox):
    send()
    assert "Ada <b>" in mailbox.newest().body and "Lamps & benches" in mailbox.newest().subject


def test_links_lead_to_the_configured_site_whatever_host_was_asked(app, mailbox):
    with app.test_request_context("/", base_url="http://evil.example/"):
        send()
    assert "http://127.0.0.1:8000/proposals/1" in mailbox.newest().body and "evil" not in mailbox.newest().body


@pytest.mark.parametrize("kind", sorted(p.name for p in Path("templates/emails").iterdir()))
def test_each_kind_of_mail_has_a_subject_and_a_body(kind):
    assert {"subject.txt", "body.txt"} <= {p.name for p in Path("templates/emails", kind).iterdir()}


def test_without_a_server_a_mail_is_a_file_that_only_its_owner_reads(tmp_path):
    settings = Settings(secret_key="x", database_url=f"sqlite:///{tmp_path}/x.sqlite3", data_dir=tmp_path)
    with create_app(settings).app_context():
        send()
    (written,) = (tmp_path / "mail").iterdir()
    assert "ada@example.org" in written.read_text() and (tmp_path / "mail").stat().st_mode & 0o077 == 0
