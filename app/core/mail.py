"""Sending one mail: a subject and a body from `templates/emails/<kind>/`, in the reader's language, to one address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_babel import force_locale
from flask_mailman import EmailMessage, Mail

from app.core.addresses import address


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with a mail; its text is made when the mail is, in the reader's language."""

    name: str
    media_type: str
    text: Callable[[], str]


def init_mail(app: Flask) -> None:
    """Bind the app to its mail server, or to the folder that takes its place."""
    if app.config["MAIL_BACKEND"] == "file":
        app.config["DATA_DIR"].joinpath("mail").mkdir(mode=0o700, parents=True, exist_ok=True)
    Mail(app)


def send(
    kind: str,
    *,
    to: str,
    locale: str,
    facts: Mapping[str, Any],
    message_id: str | None = None,
    stop: str | None = None,
    attached: Sequence[Attachment] = (),
) -> None:
    """Send the mail `kind` to the address `to`; raises what the mail server answers when it does not take it.

    `message_id` is the same each time the same mail is sent, so that a reader who gets it twice sees it once. `stop` is
    the address that ends mail of its kind by one POST (RFC 8058); it stands in the headers and below the words.
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if message_id is not None:
        headers["Message-ID"] = f"<{message_id}@{urlsplit(current_app.config['SITE_URL']).hostname}>"
    if stop is not None:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    with force_locale(locale):
        subject, body = _render(f"emails/{kind}/subject.txt", facts), _render(f"emails/{kind}/body.txt", facts)
        end = _render("layouts/_mail_end.txt", {"stop": stop}) if stop is not None else ""
        files = [(each.name, each.text(), each.media_type) for each in attached]
    mail = EmailMessage(" ".join(subject.split()), body.strip() + "\n" + end, to=[to], headers=headers)
    for file in files:
        mail.attach(*file)
    mail.send()


def _render(template: str, facts: Mapping[str, Any]) -> str:
    # Not render_template: a mail has no visitor, so what pages know of one is left out.
    return current_app.jinja_env.get_template(template).render(**facts, link=address)
