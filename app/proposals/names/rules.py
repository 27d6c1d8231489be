"""Which words of a text may be about somebody else: a few plain rules for English and Spanish.

They are wrong at times, and may be: all that follows from them is a question. They know no person, only patterns: a
mail address, a telephone number, a street with a house number, a title or a relation before a capital letter, a common
first name, and an age below 18 close to a name.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOOK_WITHIN = timedelta(days=3)
"""How long the office has to look at words that are kept back."""
NEAR = 60
"""Characters between an age and a name that it may belong to."""


class Kind(StrEnum):
    """What words may tell about somebody."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    AGE = "age"


class Ending(StrEnum):
    """What became of words that were kept back."""

    NO_NAME = "no_name"
    MAY_STAND = "may_stand"
    REMOVED = "removed"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Words that may be about somebody else."""

    kind: Kind
    words: str


def _listed(text: str) -> str:
    return "|".join(text.split())


_CAPITAL = r"[A-ZÁÉÍÓÚÜÑÀÈÒÇÂÊÎÔÛÄËÏÖØÅ]"
_WORD = rf"{_CAPITAL}[\w'’-]*"
_BETWEEN = r"(?:\s+(?:de|del|la|las|los|y|van|von|da|dos|al|el|bin|ibn))*"
_NAME = rf"{_WORD}(?:{_BETWEEN}\s+{_WORD}){{0,3}}"
_TITLE = r"(?:Mrs?|Ms|Miss|Mx|Dr|Sra?|Srta|Dra)\.?|[Ss]eñor(?:a|ita)?|Don(?=\s)|Doña|D(?:\.|ª)"
_TITLED = re.compile(rf"^(?:{_TITLE})\s+")
_RELATION = _listed(
    "son daughter child kid toddler baby boy girl neighbou?r friend husband wife mother father mom mum dad brother"
    " sister grandson granddaughter grandmother grandfather uncle aunt teacher student pupil classmate tenant landlord"
    " victim"
    " hij[oa] niñ[oa] bebé vecin[oa] amig[oa] marido mujer espos[oa] madre padre herman[oa] niet[oa] abuel[oa]"
    " t[ií][oa] prim[oa] alumn[oa] profesora? maestr[oa] chic[oa] víctima"
)
_CALLED = r"(?:\s*,)?(?:\s+(?:named|called|llamad[oa]|de\s+nombre|se\s+llama|is))?"
FIRST_NAMES = frozenset(
    "Aaron Adrian Alan Alex Alice Amanda Amy Andrea Andrew Angela Anna Anne Anthony Ashley Barbara Ben "
    "Benjamin Betty Brandon Brenda Brian Carol Catherine Charles Chris Christine Christopher Daniel David "
    "Deborah Dennis Diane Donald Donna Dorothy Edward Elizabeth Emily Emma Eric Ethan Frank Gary Gregory "
    "Hannah Harold Harry Heather Helen Henry Isaac Jacob James Jane Janet Jason Jeff Jennifer Jeremy "
    "Jerry Jessica Jim Joan Joe John Jonathan Joseph Joshua Judy Julia Julie Justin Karen Katherine "
    "Kathleen Kelly Kenneth Kevin Kimberly Larry Laura Lauren Linda Lisa Margaret Maria Marie Martha Mary "
    "Matthew Megan Melissa Michael Michelle Mike Mohammed Muhammad Nancy Nathan Nicholas Nicole Olivia "
    "Pamela Patricia Patrick Paul Peter Rachel Ralph Raymond Rebecca Richard Robert Roger Ronald Ruth "
    "Ryan Samantha Samuel Sandra Sara Sarah Scott Sean Sharon Shirley Sophia Stephanie Stephen Steven "
    "Susan Teresa Thomas Timothy Tom Tyler Walter William Zachary Adela Adriana Alberto Alejandra "
    "Alejandro Alfonso Alicia Álvaro Ana Andrés Antonia Antonio Ángela Beatriz Begoña Blanca Carlos Carla "
    "Carmen Carolina Catalina Cecilia César Clara Claudia Cristina Daniela Diego Eduardo Elena Emilio "
    "Enrique Ernesto Esteban Esther Eva Federico Felipe Fernanda Fernando Francisca Francisco Gabriel "
    "Gabriela Gloria Gonzalo Guillermo Gustavo Héctor Hugo Ignacio Inés Irene Isabel Iván Jaime Javier "
    "Jimena Joaquín Jorge José Josefa Juan Juana Julián Julio Lorena Lourdes Lucas Lucía Luis Luisa "
    "Manuel Manuela Marcos Margarita María Mariana Mario Marta Martín Mateo Mercedes Miguel Mónica "
    "Natalia Nerea Nicolás Nuria Olga Óscar Pablo Paco Paula Pedro Pepe Rafael Ramón Raquel Raúl Ricardo "
    "Roberto Rocío Rodrigo Rosa Rubén Salvador Santiago Sergio Silvia Sofía Susana Tomás Valeria Vicente "
    "Víctor Xavier Yolanda".split()
)
_FIRST = "|".join(sorted(FIRST_NAMES, key=len, reverse=True))
_PLACE = re.compile(
    r"\b(?:"
    + _listed(
        "Street St Avenue Ave Road Rd Lane Ln Drive Court Square Way Terrace Close Crescent Boulevard Bridge Park "
        "Garden Gardens Hill Hall House School College University Church Chapel Mosque Temple Hospital Clinic "
        "Library Station Cent(?:er|re) Club Market Museum Theat(?:er|re) Field Fields River Bay Beach Wood Woods "
        "Green Council Foundation Trust Memorial Day Estate Tower Towers Plaza Place Row Mill Wharf Saint Calle "
        "Avenida Avda Paseo Camino Carretera Ronda Travesía Parque Jardín Jardines Puente Colegio Escuela "
        "Instituto Iglesia Hospital Clínica Biblioteca Estación Centro Mercado Museo Teatro Campo Río Playa "
        "Barrio Ayuntamiento Fundación Universidad San Santa Santo"
    )
    + r")\b"
)
_BEFORE_PLACE = re.compile(
    r"\b(?:St\.?|Saint|San|Santa|Santo|[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Cc]olegio|[Ee]scuela|[Pp]arque|[Ii]nstituto"
    r"|[Ii]glesia|[Hh]ospital)(?:\s+(?:de|del|la|las|los))*\s+$"
)
_STREET = _listed(
    "Street St Avenue Ave Road Rd Lane Ln Drive Dr Court Ct Place Pl Way Terrace Close Crescent Square Boulevard Blvd"
    " Row Gardens Hill"
)
_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.MAIL, re.compile(r"(?P<w>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")),
    (Kind.ADDRESS, re.compile(rf"(?P<w>(?<![\w,.])\d{{1,5}}[A-Za-z]?,?\s+(?:{_WORD}\s+){{1,3}}(?:{_STREET})\b\.?)")),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?P<w>\b(?:[Cc]alle|[Cc]/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Cc]amino|[Cc]arrera|[Rr]onda|[Tt]ravesía)"
            rf"{_BETWEEN}\s*{_NAME},?\s*(?:n[.ºo°]*\s*|número\s+)?\d{{1,4}}\b)"
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w$€£.,-])(?P<w>\+?\(?\d[\d\s().-]{5,20}\d)"
            r"(?![\w%]|[.,]\d|\s*(?:€|[Ee]uros?\b|[Dd]ollars?\b))"
        ),
    ),
    (Kind.NAME, re.compile(rf"(?<!\w)(?P<w>(?:{_TITLE})\s+{_NAME})")),
    (Kind.NAME, re.compile(rf"\b(?:{_RELATION}){_CALLED}\s+(?P<w>{_NAME})")),
    (Kind.NAME, re.compile(rf"(?<![\w'’-])(?P<w>(?:{_FIRST})(?![\w'’-]*[a-zñ])(?:{_BETWEEN}\s+{_WORD}){{0,3}})")),
)
_AGE = re.compile(
    r"(?P<w>\b(?:aged?\s+(?:of\s+)?(?P<a>\d{1,2})\b|(?P<b>\d{1,2})[- ]years?[- ]old\b"
    r"|(?:de\s+|tiene\s+)?(?P<c>\d{1,2})\s+años\b))",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}\s?[-–/.]\s?\d{1,2}\s?[-–/.]\s?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}\s?[-–]\s?\d{4}")


def findings(text: str, known: Collection[str] = ()) -> list[Finding]:
    """The words of a text that may be about somebody else, each once, in their order; `known` ones are let by."""
    let_by = [folded(each) for each in known]
    found: list[tuple[int, int, Finding]] = []
    for kind, pattern in _RULES:
        for match in pattern.finditer(text):
            words = re.sub(r"['’]s$", "", match["w"])
            start, end = match.start("w"), match.start("w") + len(words)
            taken = any(start < other_end and other_start < end for other_start, other_end, _each in found)
            if not taken and _counts(kind, words, text[:start], let_by):
                found.append((start, end, Finding(kind=kind, words=words)))
    found += _ages(text, [(start, end) for start, end, each in found if each.kind is Kind.NAME])
    ordered = [each for _start, _end, each in sorted(found, key=lambda row: row[0])]
    return list({folded(each.words): each for each in reversed(ordered)}.values())[::-1]


def folded(words: str) -> str:
    """Words as they are compared: whatever the case and the spaces."""
    return " ".join(words.casefold().split())


def replaced(text: str, words: str, by: str) -> str:
    """A text with every occurrence of `words` replaced, whatever their case and spaces; parts of longer words stay."""
    pattern = r"\s+".join(re.escape(each) for each in words.split())
    begins, ends = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return re.sub(f"{begins}{pattern}{ends}", lambda _match: by, text, flags=re.IGNORECASE)


def says(text: str, words: str) -> bool:
    """Whether a text says these words."""
    return replaced(text, words, "") != text


def look_until(held_at: datetime) -> datetime:
    """When the office should have looked."""
    return held_at + LOOK_WITHIN


def _counts(kind: Kind, words: str, before: str, let_by: Collection[str]) -> bool:
    said = folded(_TITLED.sub("", words))
    if any(f" {said} " in f" {known} " for known in let_by):
        return False
    if kind is Kind.PHONE:
        digits = sum(each.isdigit() for each in words)
        grouped = re.fullmatch(r"\d{1,3}(?:[.]\d{3})+", words)
        return 7 <= digits <= 15 and not _DATE.fullmatch(words.strip()) and not grouped
    if kind is Kind.NAME:
        return not _PLACE.search(words) and not _BEFORE_PLACE.search(before)
    return True


def _ages(text: str, names: Collection[tuple[int, int]]) -> list[tuple[int, int, Finding]]:
    found = []
    for match in _AGE.finditer(text):
        start, end = match.span("w")
        years = int(match["a"] or match["b"] or match["c"])
        if years < 18 and any(start - NEAR <= name_end and name_start <= end + NEAR for name_start, name_end in names):
            found.append((start, end, Finding(kind=Kind.AGE, words=match["w"])))
    return found
