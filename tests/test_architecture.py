"""The rules of the house, so that nobody has to remember them."""

import ast
import re
from graphlib import TopologicalSorter

import pytest

from tests.house import APP, ROOT, TEMPLATES, Module, each, modules, modules_of_tests, templates

LAYERS = [
    {"core"},
    {"audit"},
    {"places"},
    {"accounts"},
    {"translating"},
    {"cycles"},
    {"proposals"},
    {"voting"},
    {"taskforces"},
    {"complaints", "surveys"},
    {"reports", "opendata", "notifications"},
    {"admin", "home"},
    {"web", "demo", "app"},
]
FLOOR = {package: floor for floor, packages in enumerate(LAYERS) for package in packages}
ASSEMBLED = {"app", "app.cli", "app.wiring", "app.rooms", "app.documents", "app.config"}
FILES = {"models", "rules", "policies", "events", "services", "queries", "forms", "views", "exports", "cli"}
ORDER = ["core", "rules", "models", "events", "policies", "queries", "services", "forms", "views"]
PURE = re.compile(r"^app\.(.+\.)?(rules|policies)$|^app\.voting\.(counting|sealing|tree)\.(?!cli$)")
IMPURE = ("flask", "sqlalchemy", "app.core.clock", "app.core.db", "datetime.now", "random", "time")
NINTH_NAMES = {"sign_in", "maps", "words", "figures", "pages"}  # decision record 1 says why
MAY_COMMIT = {"app.core.db"}
ONLY_ROOM = {
    "weasyprint": "app.core.printing.pdf",
    "pyrankvote": "app.voting.counting.ranked",
    "Crypto": "app.voting.sealing.shares",
    "PIL": "app.core.media.pictures",
    "pikepdf": "app.core.media.documents",
}


@each(modules())
def test_a_package_imports_only_downwards(module):
    if module.name in ASSEMBLED:
        return
    for name in module.imports():
        parts = name.split(".")
        if parts[0] == "app" and len(parts) > 1 and name not in ASSEMBLED:
            assert FLOOR[parts[1]] <= FLOOR[module.package], f"{module.name} imports {name}"


@each(modules())
def test_nothing_imports_what_is_assembled(module):
    if module.name not in ASSEMBLED and module.package != "demo":
        assert not module.imports() & (ASSEMBLED - {"app", "app.config"} | {"app.create_app"})


@each(modules())
def test_inside_a_package_imports_follow_the_order(module):
    package, _, own = module.name.rpartition(".")
    if own not in ORDER:
        return
    for name in module.imports():
        home, _, other = name.rpartition(".")
        if home == package and other in ORDER:
            assert ORDER.index(other) < ORDER.index(own), f"{module.name} imports {name}"


def test_no_module_is_part_of_an_import_circle():
    names = {m.name for m in modules()}
    TopologicalSorter({m.name: (m.imports() & names) - {m.name} for m in modules()}).prepare()


@each([m for m in modules() if PURE.match(m.name)])
def test_rules_policies_counting_and_sealing_are_pure(module):
    for name in module.imports():
        assert not any(name == bad or name.startswith(bad + ".") for bad in IMPURE), f"{module.name} imports {name}"
    assert not re.search(r"datetime\.now|date\.today|time\.time\(|np\.random|default_rng", module.source)


@each(modules())
def test_one_function_commits(module):
    if module.name not in MAY_COMMIT:
        assert not re.search(r"session\.commit\(|\.begin_nested\(", module.source)


@each(modules())
def test_one_module_asks_the_time(module):
    if module.name != "app.core.clock":
        assert not re.search(r"datetime\.(now|utcnow)\(|date\.today\(|time\.time\(", module.source)


@each(modules())
def test_no_text_hides_from_the_catalog_inside_another(module):
    """The texts of an f-string are not collected, so they would never be translated."""
    inside = (call for text in ast.walk(module.tree) if isinstance(text, ast.JoinedStr) for call in ast.walk(text))
    names = {call.func.id for call in inside if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
    assert not names & {"_", "_l", "ngettext", "lazy_gettext"}


@each(modules())
def test_a_check_of_a_form_refuses_with_the_error_that_wtforms_shows_at_the_field(module):
    checks = (f for f in module.functions() if f.name.startswith("validate_") and module.name.endswith(".forms"))
    raised = (node.exc for check in checks for node in ast.walk(check) if isinstance(node, ast.Raise) and node.exc)
    assert {error.func.id for error in raised} <= {"ValidationError", "StopValidation"}


@each(modules())
def test_only_the_demo_pretends_another_time(module):
    if module.package != "demo":
        assert "app.core.clock.at" not in module.imports() and "clock.at(" not in module.source


@each(modules())
def test_libraries_that_one_module_knows_are_known_to_no_other(module):
    for library, room in ONLY_ROOM.items():
        if module.name != room:
            assert not any(n == library or n.startswith(library + ".") for n in module.imports())


@each(modules())
def test_views_write_nothing_and_know_no_sql(module):
    if module.path.name == "views.py":
        assert "app.core.db" not in module.imports() and "sqlalchemy" not in module.imports()


def readers_in(module):
    """What a module calls its queries and what it takes from them, by its own names."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            is_room = (node.module or "").endswith("queries")
            yield from (n.asname or n.name for n in node.names if is_room or n.name == "queries")


def asking(module):
    """The functions of a module that templates call and that call a query."""
    known = set(readers_in(module))
    for function in module.functions():
        called = [ast.unparse(d) for d in function.decorator_list]
        if any("template_global" in each or "template_filter" in each for each in called):
            calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
            if {ast.unparse(each).split(".")[0] for each in calls} & known:
                yield function.name


@each(modules())
def test_what_templates_call_asks_no_database(module):
    """What a page shows is read by its view, once, and what is above it through `core.panels`."""
    assert list(asking(module)) == []


def test_a_template_that_asked_the_database_would_be_seen(tmp_path):
    """The twin."""
    path = tmp_path / "views.py"
    path.write_text("from app.a import queries as it\n\n@bp.app_template_global()\ndef of(x):\n    return it.rows(x)\n")
    assert list(asking(Module(path))) == ["of"]


@each(modules())
def test_a_domain_package_has_the_files_of_the_house(module):
    floor = FLOOR.get(module.package, 0)
    if not 1 <= floor <= FLOOR["admin"] or PURE.match(module.name):
        return
    inside = module.path.relative_to(APP).parts
    if module.path.stem != "__init__" and not {"counting", "sealing", "tree"} & set(inside):
        assert module.path.stem in FILES | NINTH_NAMES, f"{module.name}: a ninth name needs a decision record"


ALLOWED_NAMES = {
    "sign_in": "docs/decisions/0001: the one module that knows the sign-in library",
    "words": "docs/decisions/0012: a package's sentences",
}


@each(modules())
def test_no_import_hides_in_a_function_and_no_star(module):
    for function in module.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                named = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                known = module.name == "app.core.printing.pdf" and named == "weasyprint"
                assert known, f"{module.name}.{function.name}"
    assert "import *" not in module.source


@each(modules())
def test_each_module_says_why_it_exists(module):
    assert ast.get_docstring(module.tree), module.name


@each(modules())
def test_packages_hold_nothing_but_a_docstring(module):
    if module.path.name == "__init__.py" and module.name != "app":
        assert len(module.tree.body) == 1


def length(node: ast.AST) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


@each(modules())
def test_files_and_functions_stay_under_their_ceilings(module):
    assert len(module.source.splitlines()) <= 400
    ceiling = 25 if module.path.name == "views.py" else 40
    long = [f.name for f in module.functions() if length(f) > ceiling + len(f.decorator_list)]
    assert long == []


@each(modules_of_tests())
def test_tests_are_short_and_ask_for_little(module):
    for function in module.functions():
        if function.name.startswith("test_") and module.path.name.startswith("test_"):
            assert length(function) <= 30, function.name
            assert len(function.args.args) <= 5 + len(function.decorator_list), function.name


@each([m for m in modules_of_tests() if m.path.name.startswith("test_") and "size(commit=" in m.source])
def test_a_test_with_a_size_for_the_night_is_run_at_night(module):
    assert "pytest.mark.soak" in module.source


@each(sorted({m.path.parent for m in modules()}))
def test_a_package_stays_under_two_thousand_lines(package):
    assert sum(len(p.read_text().splitlines()) for p in package.glob("*.py")) <= 2000


@each(templates())
def test_templates_are_short_and_have_nothing_inline(path):
    source = path.read_text()
    assert len(source.splitlines()) <= 150
    if path.suffix in (".html", ".svg") and "reports" not in path.parts:
        data = r"<script type=\"application/ld\+json\">\{\{ facts\|tojson \}\}</script>"  # never run (decision 44)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", re.sub(data, "", source))
    assert "|safe" not in source.replace(" ", "")


UTC_DAY = re.compile(r"_at\)?\s*\|\s*day\b|_at\.date\(\)|_at\[:10\]|_at\.isoformat\(\)\[:10\]")
"""The day of a moment where nobody lives: `core.moments` asks for the zone."""


@each([*templates(), *(m.path for m in modules())])
def test_no_moment_is_told_by_its_day_in_utc(path):
    assert not UTC_DAY.search(path.read_text())


def test_a_day_in_utc_would_be_seen():
    """The twin."""
    assert all(
        UTC_DAY.search(each) for each in ("{{ row.ended_at|day }}", "{{ (a.at or a.made_at) | day }}", "x_at.date()")
    )


COMMA = re.compile(r":,[}.]")
FOR_MACHINES_AND_TERMINALS = ("app.voting.counting.", ".cli", "app.core.money")  # money: what a form reads back


@each([m for m in modules() if not any(part in m.name for part in FOR_MACHINES_AND_TERMINALS)])
def test_no_number_has_the_comma_of_english_in_every_language(module):
    assert not COMMA.search(module.source)  # core.numbers.numeral


def test_a_comma_of_english_would_be_seen():
    """The twin."""
    assert COMMA.search('f"{people:,}"') and COMMA.search('"{:,}".format(people)')


def test_every_template_is_used():
    sources = "\n".join(m.source for m in modules()) + "\n".join(p.read_text() for p in templates())
    names = [str(p.relative_to(TEMPLATES)) for p in templates() if p.suffix == ".html"]
    orphans = [n for n in names if n not in sources and not n.startswith("errors/")]
    assert orphans == []


def test_exceptions_to_the_linters_have_their_reason_and_are_few():
    lines = [line for m in modules() for line in m.source.splitlines()]
    excused = [line for line in lines if "# noqa" in line or "type: ignore" in line]
    assert all(
        re.search(r"(noqa: \w+|ignore\[[\w, -]+\]).*#\s*\S+ \S+", line) or "  # " in line.split("ignore[")[-1]
        for line in excused
    ), excused
    assert len(excused) <= max(3, len(lines) // 1000), "\n".join(excused)


def test_no_drawers_for_odds_and_ends():
    assert not [m.name for m in modules() if m.path.stem in ("utils", "helpers", "constants", "misc", "common")]


def test_each_model_is_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text().lower()
    tables = [
        n.name
        for m in modules()
        if m.path.name == "models.py"
        for n in m.tree.body
        if isinstance(n, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id == "Model" for b in n.bases)
    ]
    spoken = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() for name in tables]
    assert [name for name in spoken if f"**{name}**" not in glossary] == []


def test_a_module_is_seen_with_its_imports():
    """The twin: the checks above are worth nothing if imports are not seen."""
    assert "app.core.db" in Module(APP / "core" / "clock.py").imports()


def test_a_rule_that_one_module_breaks_is_named_with_it():
    """The twin of `each`: one bad item among good ones is not lost."""

    @each(["good", "bad"])
    def check(item):
        assert item == "good"

    with pytest.raises(AssertionError, match="bad: "):
        check()
