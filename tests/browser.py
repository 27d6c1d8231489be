"""A browser without a screen: it fills in forms as printed, CSRF on, so that a missing field or token fails."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g
from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict

from app.accounts.models import Person
from app.accounts.sign_in import VISIT
from app.accounts.visits import services as visits

READER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def read(page: str) -> Any:
    """The elements of a page, whatever is wrong with it."""
    return html.document_fromstring(page.encode() or b"<body></body>", parser=READER)


def text_of(element: Any) -> str:
    """The words in an element, spaces folded."""
    return " ".join("".join(element.itertext()).split())


@dataclass
class Page:
    """An answer of the app as its reader sees it."""

    browser: "Browser"
    status: int
    path: str
    html: str

    @cached_property
    def tree(self) -> Any:
        """Its elements; read when they are first asked for, because many tests only want the status."""
        return read(self.html)

    @property
    def text(self) -> str:
        """All the words of the page."""
        return text_of(self.tree.find("body"))

    def all(self, tag: str, **attributes: str) -> list[Any]:
        """Every element of that tag with these attributes (`class_` matches one class)."""
        wanted = {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}
        return [
            e
            for e in self.tree.iter(tag)
            if all(v in (e.get(k) or "").split() if k == "class" else e.get(k) == v for k, v in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> str:
        """The words of the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} × <{tag} {attributes}> on {self.path}\n{self.text[:2000]}"
        return text_of(found[0])

    def follow(self, label: str) -> "Page":
        """The page behind the link with these words."""
        links = [a for a in self.all("a") if text_of(a) == label]
        assert links, f"no link «{label}» on {self.path}: {[text_of(a) for a in self.all('a')]}"
        return self.browser.open(links[0].get("href"))

    def press(self, button: str, **answers: Any) -> "Page":
        """Send the form that has this button, with `answers` in its printed fields and the rest as printed."""
        form, pressed = self._form_with(button)
        action, filled = (form.get("action") or self.path).partition("#")[0], self._filled(form, pressed, answers)
        if form.get("method") == "get":
            return self.browser.open(f"{action.partition('?')[0]}?{urlencode(list(filled.items(multi=True)))}")
        return self.browser.post(action, filled)

    def _form_with(self, button: str) -> tuple[Any, Any]:
        for form in self.all("form"):
            for b in form.iter("button"):
                if button in (text_of(b), b.get("aria-label")):
                    return form, b
        raise AssertionError(
            f"no button «{button}» on {self.path}: {[text_of(b) for b in self.all('button')]}\n{self.text[:1500]}"
        )

    def _filled(self, form: Any, pressed: Any, answers: dict[str, Any]) -> MultiDict[str, str]:
        data: MultiDict[str, str] = MultiDict()
        for name, value in _printed(form):
            data.add(name, value)
        names = {e.get("name") for tag in ("input", "textarea", "select") for e in form.iter(tag)}
        for name, value in answers.items():
            name = name.replace("__", "-")
            assert name in names, f"no field «{name}» in the form on {self.path}: {sorted(n for n in names if n)}"
            data.setlist(name, value if isinstance(value, list) else [value])
        if pressed.get("name"):
            data.add(pressed.get("name"), pressed.get("value") or "")
        return data


def _printed(form: Any) -> list[tuple[str, str]]:
    pairs = []
    for e in form.iter():
        name = e.get("name")
        if not name or e.get("disabled") is not None:
            continue
        if e.tag == "textarea":
            pairs.append((name, (e.text or "").removeprefix("\n")))
        elif e.tag == "select":
            options = list(e.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            pairs += [(name, o.get("value") if o.get("value") is not None else text_of(o)) for o in chosen]
        elif e.tag == "input" and (
            e.get("type") not in ("checkbox", "radio", "submit", "file") or e.get("checked") is not None
        ):
            pairs.append((name, e.get("value") or ("on" if e.get("type") in ("checkbox", "radio") else "")))
    return pairs


def _forget_the_last_request() -> None:
    """Empty `g`: a test's own app context outlives its requests, and would carry the last visitor into the next."""
    for name in list(g) if g else ():
        g.pop(name)


class Browser:
    """One person's browser."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def sign_in(self, person: Person) -> "Browser":
        """Be `person` from now on, as after a completed sign-in and every proof of who one is."""
        key = visits.begin(person, with_second_factor=True)
        with self.client.session_transaction() as session:
            session["_user_id"] = person.get_id()
            session["_fresh"] = True
            session[VISIT] = key
        return self

    def open(self, path: str) -> Page:
        """The page at `path`, redirects followed."""
        return self._go(path, "GET", None)

    def post(self, path: str, data: MultiDict[str, str]) -> Page:
        """What comes after sending `data`, redirects followed."""
        return self._go(path, "POST", data)

    def _go(self, path: str, method: str, data: MultiDict[str, str] | None) -> Page:
        for _ in range(10):
            _forget_the_last_request()
            answer = self.client.open(path, method=method, data=data)
            if answer.location is None:
                shown = answer.request.full_path.rstrip("?")
                return Page(self, answer.status_code, shown, answer.get_data(as_text=True))
            path = answer.location
            if answer.status_code not in (307, 308):
                method, data = "GET", None
        raise AssertionError(f"{path} sends us in circles")
