"""Labels, hints and errors are tied to their fields, whatever the kind of field."""

from typing import Any

import pytest
import wtforms
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import validators

from app.core.forms import Form
from tests.web.bench import Bench, frame

FORM = '{% from "components/form.html" import form as form_block, field, fields %}'


class CostLine(wtforms.Form):
    """A line of a costing."""

    label = wtforms.StringField("For")
    amount = wtforms.DecimalField("Amount", [validators.InputRequired("Enter an amount.")])


class IdeaForm(FlaskForm):
    """One field of each kind."""

    title = wtforms.StringField("Title", [validators.DataRequired("Give it a title.")], description="In one line.")
    summary = wtforms.TextAreaField("Summary", [validators.DataRequired("Say what should happen.")])
    area = wtforms.SelectField("Area", choices=["Mill", "River"], default="Mill")
    kind = wtforms.RadioField("Kind", [validators.InputRequired("Choose a kind.")], choices=["Lamps", "Youth"])
    local = wtforms.BooleanField("I live here", [validators.InputRequired("Confirm where you live.")])
    photo = wtforms.FileField("Photo")
    lines = wtforms.FieldList(wtforms.FormField(CostLine, label="Line"), "Lines", min_entries=1)


def _refused() -> IdeaForm:
    form = IdeaForm(MultiDict({"lines-0-label": "Poles"}))
    form.validate()
    return form


def _by_id(tree: Any, wanted: str) -> Any:
    found = [e for e in tree.iter() if e.get("id") == wanted]
    assert len(found) == 1, f"{len(found)} elements with id {wanted}"
    return found[0]


def _printed(bench: Bench, form: IdeaForm) -> Any:
    return bench.tree(FORM + '{% call form_block(form, submit="Send") %}{{ fields(form) }}{% endcall %}', form=form)


@pytest.mark.parametrize("name", ["title", "summary", "local", "lines-0-amount"])
def test_a_wrong_field_says_so_to_everybody(bench: Bench, name: str) -> None:
    field = _by_id(_printed(bench, _refused()), name)
    assert field.get("aria-invalid") == "true"
    assert f"{name}-error" in field.get("aria-describedby").split()


def test_a_wrong_group_says_so_at_its_legend(bench: Bench) -> None:
    group = _by_id(_printed(bench, _refused()), "kind")
    assert group.tag == "fieldset" and group.get("aria-describedby") == "kind-error"
    assert group.find("legend").text == "Kind"


def test_every_line_of_the_error_summary_leads_to_a_field(bench: Bench) -> None:
    tree = _printed(bench, _refused())
    targets = [a.get("href")[1:] for a in tree.iter("a") if a.get("href", "").startswith("#")]
    assert {"title", "summary", "kind-0", "local", "lines-0-amount"} <= set(targets)
    assert all(_by_id(tree, target) is not None for target in targets)


def test_the_lines_of_the_summary_stand_in_the_order_of_the_page_not_of_the_form(bench: Bench) -> None:
    source = '{% call form_block(form, submit="Send") %}{{ field(form.local) }}{{ field(form.title) }}{% endcall %}'
    links = [a.get("href") for a in bench.tree(FORM + source, form=_refused()).iter("a")]
    assert links.index("#local") < links.index("#title")


def test_whoever_sent_a_file_with_a_form_that_is_refused_is_told_to_choose_it_again(bench: Bench) -> None:
    sent = _refused()
    assert "choose the file again" not in bench.html(FORM + "{{ field(form.photo) }}", form=sent)
    sent.photo.data = "lamp.jpg"
    assert "choose the file again" in bench.html(FORM + "{{ field(form.photo) }}", form=sent)


def test_every_description_a_field_names_is_on_the_page(bench: Bench) -> None:
    tree = _printed(bench, _refused())
    named = {i for e in tree.iter() for i in (e.get("aria-describedby") or "").split()}
    assert "title-hint" in named
    assert all(_by_id(tree, i) is not None for i in named)


def test_every_field_has_a_label_of_its_own(bench: Bench) -> None:
    tree = _printed(bench, IdeaForm(MultiDict()))
    labeled = {label.get("for") for label in tree.iter("label")}
    asked = [e for tag in ("input", "select", "textarea") for e in tree.iter(tag) if e.get("type") != "hidden"]
    assert asked and {e.get("id") for e in asked} == labeled


def test_a_form_without_faults_shows_no_summary(bench: Bench) -> None:
    assert "govuk-error-summary" not in bench.html(
        FORM + '{{ form_block(form, submit="Send") }}', form=IdeaForm(MultiDict())
    )


def test_a_form_with_a_file_can_send_it(bench: Bench) -> None:
    form = next(_printed(bench, IdeaForm(MultiDict())).iter("form"))
    assert form.get("enctype") == "multipart/form-data"


def test_a_page_of_errors_is_titled_so(bench: Bench) -> None:
    source = '{% extends "layouts/page.html" %}{% block heading %}Idea{% endblock %}'
    title = next(bench.tree(source, **frame(form=_refused())).iter("title"))
    assert title.text == "Error: Idea – Lamplight"


class DayForm(Form):
    """A form that asks for a day."""

    on = wtforms.DateField("Day", [validators.InputRequired("Enter the day.")])
    until = wtforms.DateField("Until", [validators.Optional()])


HOW = "Enter a day that exists, written like 2026-05-31."


@pytest.mark.parametrize(
    ("typed", "said"), [("31.05.2026", [HOW]), ("05/31/2026", [HOW]), ("2026-02-31", [HOW]), ("", ["Enter the day."])]
)
def test_a_day_typed_another_way_is_told_how_days_are_read(bench: Bench, typed: str, said: list[str]) -> None:
    with bench.app.test_request_context(method="POST"):
        form = DayForm(MultiDict({"on": typed, "until": ""}), meta={"csrf": False})
        assert not form.validate() and [str(error) for error in form.on.errors] == said
        assert list(form.until.errors) == []
