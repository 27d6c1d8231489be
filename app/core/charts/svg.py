"""The one place that writes SVG: presentation attributes only, every word escaped, the alternative text first."""

from markupsafe import Markup

from app.core.bidi import is_from_the_right, own_direction

INK = "#1d2a44"
SOFT_INK = "#4a5570"
PAPER = "#ffffff"
LINE = "#8b93a7"
FONT = "Atkinson Hyperlegible Next, Noto Sans, Noto Sans Arabic, system-ui, sans-serif"
WIDEST = 640
LETTER = 0.56
"""Width of an average letter in ems; charts use it to break lines, since nobody measures text on the server."""

ANCHORS = {"start": "end", "end": "start"}
"""On which side of its place a word stands, and on which in a mirrored drawing."""
NOTHING = Markup("")  # an empty start to which markup is added: whatever joins it that is no markup is escaped
Value = str | int | float


def element(name: str, *children: str, **attributes: Value) -> Markup:
    """An element; `stroke_width=2` becomes `stroke-width="2"`, and both values and children are escaped."""
    # The pattern is ours, and `format` of a Markup escapes what is put in.
    pairs = (
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _plain(value)) for key, value in attributes.items()
    )
    # The pattern is ours, and so is every name; children that are no markup are escaped by the join.
    return Markup("<{0}{1}>{2}</{0}>").format(name, NOTHING.join(pairs), NOTHING.join(children))


def drawing(title: str, *children: str, width: int, height: float) -> Markup:
    """The picture: as wide as its container, never wider than it was drawn for; `title` is its alternative text.

    In a language that is read from the right it is mirrored, and `text` turns its words back.
    """
    if not title or not 0 < width <= WIDEST:
        raise ValueError("a chart needs words for those who do not see it, and at most 640 units of width")
    mirrored = (element("g", *children, transform=f"translate({width} 0) scale(-1 1)"),)
    return element(
        "svg",
        element("title", title),
        *(mirrored if is_from_the_right() else children),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"0 0 {width} {_plain(height)}",
        width="100%",
        font_family=FONT,
        font_size=14,
        fill=INK,
        direction="ltr",  # whatever the page's: «start» is left, and what is mirrored is mirrored here
    )


def text(x: float, y: float, words: str, **attributes: Value) -> Markup:
    """One line of words; it stays text, so that it can be read, searched and translated."""
    if is_from_the_right():
        anchor = str(attributes.get("text_anchor", "start"))
        turned = {"text_anchor": ANCHORS.get(anchor, anchor), "transform": f"translate({_plain(2 * x)} 0) scale(-1 1)"}
        attributes = {**attributes, **turned}
    return element("text", own_direction(words), x=x, y=y, **attributes)


def lines(x: float, y: float, rows: list[str], *, leading: float = 18, **attributes: Value) -> Markup:
    """Several lines of words, the first at `y`."""
    return NOTHING.join(text(x, y + leading * i, row, **attributes) for i, row in enumerate(rows))


def path(d: str, **attributes: Value) -> Markup:
    """A path."""
    return element("path", d=d, **attributes)


def wrapped(words: str, *, width: float, size: float = 14) -> list[str]:
    """`words` in lines that fit `width` units; a word longer than a line keeps a line of its own."""
    most = max(1, int(width / (size * LETTER)))
    rows = [""]
    for word in words.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > most:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _plain(value: Value) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
