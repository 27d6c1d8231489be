"""Words as a search sees them, the same on both databases: folded in here, so that neither has a say in it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.proposals.rules import code, read_code

MOST_TERMS = 10
MOST_SIGNS = 200
"""How much of what was typed is looked at; the rest narrows nothing that a list could still show."""
LONGEST_WORD = 64
LONGEST_TEXT = 100_000
ALIKE = 0.25
"""From this likeness on, two proposals are shown to somebody as possibly the same idea."""
CLOSE = 0.3
"""From this share on, a title may be what somebody meant who spelled it otherwise."""

_SPLIT = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+)')
_ONE_SIGN_IS_A_WORD = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
LITTLE_WORDS = frozenset(
    "a an and are at be by for from in is it more of on or our so that the their there this to too we where with"
    " al con de del el en es la las los mas muy no para por que se su un una y".split()
)
"""Words that stand in nearly every text; they are looked for only where nothing else was typed."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """Something that must be said in a proposal: words in this order, the last of them perhaps only begun."""

    words: tuple[str, ...]
    begun: bool = True


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents and signs, in order: `Café-Bar №5 🌳` is cafe, bar, no5."""
    apart = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].casefold()).casefold()
    kept = "".join(map(_kept, apart[:LONGEST_TEXT]))
    return [word[:LONGEST_WORD] for word in _ONE_SIGN_IS_A_WORD.sub(r" \1 ", kept).split()]


def folded(*texts: str) -> str:
    """The words of texts as they are kept to be found."""
    return " ".join(words_of("\n".join(texts)))


def terms(typed: str) -> list[Term]:
    """What somebody looks for: each word, and what stands in quotes as it stands there. Never fails, whatever it is."""
    found = []
    for quoted, plain in _SPLIT.findall(typed[:MOST_SIGNS]):
        numbered = read_code(plain)
        words = words_of(code(*numbered) if numbered else quoted or plain)
        if numbered:
            found.append(Term(words=tuple(words), begun=False))
        elif words:
            found.append(Term(words=(*words[:-1], words[-1] if quoted else stem(words[-1])), begun=len(words[-1]) > 1))
    telling = [term for term in found if len(term.words) > 1 or term.words[0] not in LITTLE_WORDS]
    return list(dict.fromkeys(telling or found))[:MOST_TERMS]


def stem(word: str) -> str:
    """A word without the s of its plural; it stands for every word that begins so."""
    return word[:-1] if len(word) >= 4 and word.endswith("s") and not word.endswith("ss") else word


def telling_words(*texts: str, most: int) -> list[str]:
    """The stems that say what texts are about, in their order, without little words."""
    words = (stem(word) for text in texts for word in words_of(text) if word not in LITTLE_WORDS and len(word) > 2)
    return list(dict.fromkeys(words))[:most]


def likeness(title: str, text: str, other_title: str, other_text: str) -> float:
    """How alike two proposals are, from 0 to 1: half by the letters of their titles, half by the words they share."""
    ours, theirs = (set(telling_words(*texts, most=400)) for texts in ((title, text), (other_title, other_text)))
    return _shared(triples(title), triples(other_title)) / 2 + _shared(ours, theirs) / 2


def reads_like(typed: str, title: str) -> float:
    """How much of what was typed stands in a title letter by letter, from 0 to 1, however it is spelled."""
    ours = triples(typed)
    return len(ours & triples(title)) / len(ours) if ours else 0.0


def triples(text: str) -> set[str]:
    """Every three letters in a row of each word: misspelled words share most of them."""
    padded = [f"  {word} " for word in words_of(text) if word not in LITTLE_WORDS]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


def nearest(scores: Iterable[tuple[int, float]], *, least: float, most: int) -> Sequence[int]:
    """The ids of the most alike, best first; equally alike ones in the order of their ids."""
    good = sorted((-score, id_) for id_, score in scores if score >= least)
    return [id_ for _score, id_ in good[:most]]


def _shared(ours: set[str], theirs: set[str]) -> float:
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _kept(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Mn":
        return ""
    return sign if kind[0] in "LN" or kind == "Mc" else " "
