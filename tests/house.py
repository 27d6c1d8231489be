"""How the tests see the house: its modules, what each imports, and how large things are."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
TEMPLATES = ROOT / "templates"


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: Path

    @property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        return self.path.relative_to(ROOT).parts[1] if len(self.path.relative_to(APP).parts) > 1 else "app"

    @cached_property
    def source(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    def imports(self) -> set[str]:
        """Modules named in import statements (`from a import b` gives both `a` and `a.b`)."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        return found

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        return (n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def modules() -> list[Module]:
    """All of `app/`."""
    return [Module(path) for path in sorted(APP.rglob("*.py"))]


@cache
def modules_of_tests() -> list[Module]:
    """All of `tests/`."""
    return [Module(path) for path in sorted((ROOT / "tests").rglob("*.py"))]


def templates() -> list[Path]:
    """All templates."""
    return sorted(p for p in TEMPLATES.rglob("*") if p.is_file())


def each(items):
    """One test over all of them: thousands of tests of a few milliseconds cost minutes to hand out."""

    def over(check):
        @wraps(check)
        def holds_everywhere():
            found = [fault for item in items for fault in faults_of(check, item)]
            if found:
                raise AssertionError("\n".join(found))

        del holds_everywhere.__wrapped__  # pytest would look at it and ask for a fixture
        return holds_everywhere

    return over


def faults_of(check, item):
    """What the check says about one item, with its name."""
    try:
        check(item)
    except AssertionError as fault:
        yield f"{getattr(item, 'name', item)}: {fault or 'refused'}"
