"""Screens for neighborhoods, the outlines of their areas, and their categories."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.admin.queries import own_neighborhoods
from app.core.access import Role, acting, only
from app.core.errors import NotFound, ensure_standing
from app.core.once import once
from app.places import maps, policies, queries, services
from app.places.forms import AreaForm, CategoryForm, NeighborhoodForm
from app.places.queries import NeighborhoodFacts

bp = Blueprint("office_places", __name__, url_prefix="/office/neighborhoods")


@bp.get("/")
@only(Role.CLERK)
def index() -> str:
    """The neighborhoods this clerk works for."""
    me = acting()
    return render_template(
        "admin/places/index.html", neighborhoods=own_neighborhoods(me), may_create=policies.may_create(me)
    )


@bp.route("/new", methods=["GET", "POST"])
@only(Role.CLERK)
def create() -> ResponseReturnValue:
    """Add a neighborhood."""
    ensure_standing(policies.may_create(acting()), _("Only clerks of the whole site add neighborhoods."))
    form = NeighborhoodForm()
    if form.validate_on_submit():
        made = form.accepted(lambda: services.create_neighborhood(form.command(), by=acting()).slug)
        if made is not None:
            flash(_("The neighborhood is there. Now draw its areas and name its categories."), "success")
            return redirect(url_for(".show", slug=made))
    return render_template("admin/places/create.html", form=form)


@bp.get("/<slug>")
@only(Role.CLERK)
def show(slug: str) -> str:
    """A neighborhood with everything that can be edited about it."""
    where = _own(slug)
    areas, categories = queries.areas(where.id), queries.categories(where.id)
    return render_template("admin/places/show.html", where=where, areas=areas, categories=categories)


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(slug: str) -> ResponseReturnValue:
    """Edit what is said about a neighborhood."""
    where = _own(slug)
    form = NeighborhoodForm(obj=where)
    if form.validate_on_submit():
        kept = form.accepted(lambda: services.edit_neighborhood(where.id, form.command(), by=acting()).slug)
        if kept is not None:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for(".show", slug=kept))
    return render_template("admin/places/edit.html", form=form, where=where)


@bp.route("/<slug>/areas/new", methods=["GET", "POST"])
@only(Role.CLERK)
def add_areas(slug: str) -> ResponseReturnValue:
    """Add one area, or all areas of a file."""
    where = _own(slug)
    form = AreaForm()
    drawn = None
    if form.validate_on_submit():
        if form.preview.data:
            drawn = _drawn(form)
        elif form.accepted(lambda: once(form.once.data or "", lambda: _add(form, where))) is not None:
            flash(_("The areas are on the map."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template("admin/places/area.html", form=form, where=where, area=None, drawn=drawn)


@bp.route("/<slug>/areas/<int:area_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def edit_area(slug: str, area_id: int) -> ResponseReturnValue:
    """Give an area another name or outline."""
    where = _own(slug)
    area = queries.area(where.id, area_id)
    form = AreaForm(name=area.name, boundary=area.geojson(), is_one=True)
    drawn = None
    if form.validate_on_submit():
        if form.preview.data:
            drawn = _drawn(form)
        elif form.accepted(lambda: services.edit_area(area_id, form.commands()[0], by=acting())) is not None:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template("admin/places/area.html", form=form, where=where, area=area, drawn=drawn)


@bp.route("/<slug>/categories/new", methods=["GET", "POST"])
@only(Role.CLERK)
def add_category(slug: str) -> ResponseReturnValue:
    """Add a category."""
    where = _own(slug)
    form = CategoryForm()
    if form.validate_on_submit():
        made = form.accepted(lambda: services.add_category(where.id, form.command(), by=acting()))
        if made is not None:
            flash(_("The category is on the list."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template("admin/places/category.html", form=form, where=where, category=None)


@bp.route("/<slug>/categories/<int:category_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def edit_category(slug: str, category_id: int) -> ResponseReturnValue:
    """Give a category another name or drawing."""
    where = _own(slug)
    category = queries.category(where.id, category_id)
    form = CategoryForm(obj=category)
    if form.validate_on_submit():
        if form.accepted(lambda: services.edit_category(category_id, form.command(), by=acting())) is not None:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template("admin/places/category.html", form=form, where=where, category=category)


@bp.post("/<slug>/categories/<int:category_id>/<any(up, down):way>")
@only(Role.CLERK)
def move_category(slug: str, category_id: int, way: str) -> ResponseReturnValue:
    """Move a category up or down the list."""
    category = queries.category(_own(slug).id, category_id)
    services.move_category(category.id, up=way == "up", by=acting())
    return redirect(url_for(".show", slug=slug, _anchor="categories"))


def _own(slug: str) -> NeighborhoodFacts:
    where = queries.neighborhood(slug)
    if not policies.may_edit(acting(), where.id):
        raise NotFound
    return where


def _add(form: AreaForm, where: NeighborhoodFacts) -> int:
    return services.add_areas(where.id, form.commands(), by=acting())[0].id


def _drawn(form: AreaForm) -> object:
    return maps.draw(form.shapes(), title=_("The outlines as they would be drawn"))
