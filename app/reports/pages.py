"""From an edition's frozen facts to the HTML that the PDF is made of, and that its page on the site shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from app.core.charts.qr import qr
from app.core.errors import NotFound
from app.core.printing import plain
from app.core.printing.folding import Binding
from app.core.printing.pdf import Sheet, Variant
from app.reports import words
from app.reports.commenting.rules import TEXTS as COMMENTS
from app.reports.languages import words as language_words
from app.reports.languages.rules import said
from app.reports.queries import EditionDetail, EditionRow
from app.reports.rules import FORMAT, EditionStage, Form, Line, ReportKind, told
from app.translating.rules import text_hash

Figures = Mapping[str, Any]
CLOSER = ("is-close", "is-closer", "is-closest")
"""Steps in which a report that keeps to so many pages is set closer; its stylesheet says what that means."""
SHORT = 2
"""A report that keeps to no more pages than these leaves it to its page to tell who translated what and when."""
TRANSLATIONS = "translations"
"""Beside the figures in a snapshot: what stands for their texts, by language."""


def _as_told(figures: Figures) -> dict[str, Any]:
    return {"report": told(figures)}


def _nothing(_given: Any) -> Any:
    return {}


@dataclass(frozen=True, kw_only=True)
class Block:
    """Something that keeps a report from being final: in words, the rule it follows, and where to put it right."""

    said: str
    rule: int | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """One kind of report: what is frozen, and how it is shown on the page and on paper.

    `figures(line)` reads everything the report prints, once, as plain JSON; refused where there is nothing to report.
    `title(figures)` is its full title in the language of the moment. `facts(figures)` is what the `template` gets
    beside `head` and `edition`: at least `report`. `blocks(line)` says what must be put right before it is final.
    `tables(figures)` are CSV files by name, for the archive copy and the page; `pictures(figures)` are bytes by file
    name, which the template shows as `asset:/made/<name>`. `sheet` is the whole paper that the template stands in, of
    its own for one without a cover. `is_signed`: both co-chairs sign it before it is final.
    `annexes(figures)` are PDFs by name, drawn where the sheet has a destination `<name>-<page>`; the archive copy
    carries them as files. `texts` are what people wrote, by the end of its way through the figures
    (`languages/rules.py`): in another language somebody's translation stands in its place, and where one is missing the
    report is not published in that language. `middle(figures)` names the places in their order
    before which, the first left out, the middle of a folded booklet may stand if they begin a page; None for what is
    not folded. `pages(form)`: how many pages the paper keeps to, set closer where it must be; 0 where it may be as long
    as it is.
    """

    figures: Callable[[Line], Figures]
    title: Callable[[Figures], str]
    template: str
    facts: Callable[[Figures], Mapping[str, Any]] = _as_told
    blocks: Callable[[Line], Sequence[Block]] = field(default=lambda line: ())
    tables: Callable[[Figures], Mapping[str, bytes]] = _nothing
    pictures: Callable[[Figures], Mapping[str, bytes]] = _nothing
    annexes: Callable[[Figures], Mapping[str, bytes]] = _nothing
    texts: Sequence[str] = ()
    stylesheet: str = "css/report.css"
    sheet: str = "reports/document.html"
    is_signed: bool = False
    middle: Callable[[Figures], Sequence[str]] | None = None
    pages: Callable[[Form], int] = field(default=lambda form: 0)


def document_of(kind: ReportKind) -> Document:
    """How this kind of report is made; NotFound where it cannot be published yet."""
    documents: Mapping[ReportKind, Document] = current_app.extensions["documents"]
    if kind not in documents:
        raise NotFound
    return documents[kind]


def figures_of(snapshot: Mapping[str, Any]) -> Figures:
    """The figures in a snapshot; in those of the first format they were all there was."""
    figures: Figures = snapshot["figures"] if snapshot["format"] == FORMAT else snapshot
    return figures


def translations_of(snapshot: Mapping[str, Any], language: str) -> Sequence[Mapping[str, Any]]:
    """What stands for its texts in a language, as it was frozen; nothing where it was not published in it."""
    rows: Sequence[Mapping[str, Any]] = snapshot.get(TRANSLATIONS, {}).get(language, ())
    return rows


def head(row: EditionRow, snapshot: Mapping[str, Any]) -> SimpleNamespace:
    """What every report says of itself, read from its snapshot: names, time, languages, signatures, address."""
    if snapshot["format"] == FORMAT:
        own = {name: each for name, each in snapshot.items() if name not in ("figures", TRANSLATIONS)}
        return SimpleNamespace(**vars(told(own)))
    return SimpleNamespace(
        neighborhood=row.neighborhood_name,
        subject=row.title,
        time_zone=row.time_zone,
        currency=snapshot["cycle"]["currency"],
        fixed_at=datetime.fromisoformat(snapshot["certificate"]["certified_at"]),
        languages=row.languages,
        site=current_app.config["SITE_URL"],
        note=row.note,
        signatures=(),
        renderer="",
        figures_hash=row.data_hash,
    )


def shown(edition: EditionDetail) -> dict[str, Any]:
    """What the page of an edition and its document are given, in the language of the moment."""
    document, language = document_of(edition.row.kind), str(get_locale())
    rows = translations_of(edition.snapshot, language)
    wordings = {row["mark"]: language_words.wording(row) for row in rows}
    figures = said(figures_of(edition.snapshot), (*document.texts, *COMMENTS), language, wordings)
    top = head(edition.row, edition.snapshot)
    top.subject = wordings.get(text_hash(top.subject), top.subject)
    return {
        **document.facts(figures),
        "edition": edition.row,
        "head": top,
        "comments": told(list(figures.get("comments", ()))),
        "credits": language_words.credits_of(rows),
        "summaries": language_words.summaries(rows),
        "title": document.title(figures),
        "body": document.template,
        "period": words.named(edition.row.kind, edition.row.line.period),
    }


def in_plain_text(edition: EditionDetail, language: str) -> str:
    """An edition as lines of words, made of what its page says. Needs a request context for addresses."""
    with force_locale(language):
        facts = shown(edition)
        address = facts["head"].site + url_for("reports.by_code", code=edition.row.code)
        html = render_template("reports/in_words.html", address=address, language=language, words_only=True, **facts)
    return plain.text(html)


def sheet(
    edition: EditionDetail, language: str, form: Form, binding: Binding | None = None, *, at: str | None = None
) -> Sheet:
    """Everything the PDF of an edition in one language and form is made of. Needs a request context for addresses.

    `binding` says where the middle of a folded booklet stands. `at` is the page that its code leads to where that is
    not the edition's own.
    """
    figures = figures_of(edition.snapshot)
    document = document_of(edition.row.kind)
    with force_locale(language):
        facts = shown(edition)
        address = facts["head"].site + (at or url_for("reports.by_code", code=edition.row.code))
        html = render_template(
            document.sheet,
            direction=get_locale().text_direction,
            language=language,
            form=form,
            binding=binding,
            is_short=0 < document.pages(form) <= SHORT,
            is_draft=form is Form.DRAFT or edition.row.stage is EditionStage.SIGNING,
            address=address,
            code=qr(address, title=_("QR code of %(address)s", address=address)),
            **facts,
        )
        is_archive = form is Form.ARCHIVE
        attached = _attached(edition, document, figures) if is_archive else {}
    return Sheet(
        document=html,
        stylesheet=document.stylesheet,
        variant=Variant.ARCHIVE if is_archive else Variant.READERS,
        at=edition.row.requested_at,
        made=document.pictures(figures),
        attached=attached,
        closer=CLOSER if document.pages(form) else (),
        pages=document.pages(form),
    )


def annexes(edition: EditionDetail, form: Form) -> Mapping[str, bytes]:
    """The PDFs that are drawn into the paper of an edition; none in the archive copy, which carries them as files."""
    document = document_of(edition.row.kind)
    return {} if form is Form.ARCHIVE else document.annexes(figures_of(edition.snapshot))


def _attached(edition: EditionDetail, document: Document, figures: Figures) -> dict[str, bytes]:
    papers = {f"{name}.pdf": content for name, content in document.annexes(figures).items()}
    return {f"{edition.row.code}.json": edition.text.encode("ascii"), **document.tables(figures), **papers}
