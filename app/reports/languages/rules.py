"""Which strings of a report's figures are texts that people wrote, and how others take their place in a language.

A document names them by the end of their way through the figures: `projects.milestones.title`. One that ends in `@` is
in the language that stands beside it in the figures, the others are in the first one of the neighborhood.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.translating.rules import text_hash

VERSIONS = "versions"
"""A list in which the same is said in several languages, the original first."""
WORDINGS = "wordings"
"""What a record says in other languages, by language, under the names of its texts."""
WITH_LANGUAGE = "@"


@dataclass(frozen=True, kw_only=True)
class Text:
    """Something that somebody wrote and a report prints."""

    words: str
    language: str
    way: str
    """The end of its way through the figures, by which its document names it."""
    has: frozenset[str] = frozenset()
    """Languages in which the figures themselves say it."""
    mark: str
    """The hash of its words, by which translations know it."""

    def needs(self, language: str) -> bool:
        """Whether a report in that language needs a translation of it."""
        return language != self.language and language not in self.has


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The texts of a document as it names them, split into steps."""

    steps: tuple[tuple[str, ...], ...]

    def named(self, way: tuple[str, ...]) -> str | None:
        """The name of the text at the end of a way; None where none is there."""
        for each in self.steps:
            plain = (*each[:-1], each[-1].removesuffix(WITH_LANGUAGE))
            if way[-len(plain) :] == plain:
                return ".".join(each)
        return None


def texts(figures: Any, ways: Iterable[str], source: str) -> list[Text]:
    """The texts of some figures, each of them once, in the order in which they stand there."""
    found: dict[tuple[str, str], Text] = {}
    for each in _found(figures, split(ways), source, (), {}):
        found.setdefault((each.mark, each.language), each)
    return list(found.values())


def missing(found: Iterable[Text], language: str, known: Collection[str]) -> list[Text]:
    """Those that a report in a language would have to print as they were written; `known` are marks with a wording."""
    return [each for each in found if each.needs(language) and each.mark not in known]


def said(figures: Any, ways: Sequence[str], language: str, wordings: Mapping[str, str]) -> Any:
    """The figures with the wordings (by mark) in the place of texts; what the figures say in it themselves stays."""
    return _said(figures, split(ways), language, wordings, ())


def split(ways: Iterable[str]) -> Ways:
    """The texts that a document names."""
    return Ways(steps=tuple(tuple(each.split(".")) for each in ways))


def _found(value: Any, ways: Ways, source: str, way: tuple[str, ...], beside: Mapping[str, Any]) -> Iterator[Text]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key != WORDINGS:
                yield from _found(each, ways, source, (*way, key), value)
    elif isinstance(value, list | tuple):
        if way[-1:] == (VERSIONS,) and value:
            has = frozenset(each["language"] for each in value)
            first = _found(value[0], ways, value[0]["language"], way, beside)
            yield from (replace(each, has=has) for each in first)
        else:
            for each in value:
                yield from _found(each, ways, source, way, beside)
    elif isinstance(value, str) and value.strip():
        name = ways.named(way)
        if name is not None:
            own = str(beside["language"]) if name.endswith(WITH_LANGUAGE) else source
            has = frozenset(code for code, words in beside.get(WORDINGS, {}).items() if way[-1] in words)
            yield Text(words=value, language=own, way=name, has=has, mark=text_hash(value))


def _said(value: Any, ways: Ways, language: str, wordings: Mapping[str, str], way: tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        return {
            key: each if key == WORDINGS else _said(each, ways, language, wordings, (*way, key))
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        if way[-1:] == (VERSIONS,) and any(each["language"] == language for each in value):
            return value
        return [_said(each, ways, language, wordings, way) for each in value]
    if isinstance(value, str) and value.strip() and ways.named(way) is not None:
        return wordings.get(text_hash(value), value)
    return value
