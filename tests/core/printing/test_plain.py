"""A page as plain text: every word once, in its order, each row of a table told with its heads."""

from app.core.printing.plain import WIDE, text

PAGE = """<h1>Booklet</h1><style>p {}</style><p>One &amp; <b>two</b><br>three</p><svg><title>A map</title></svg>
<h2>How</h2><ol><li>Read.</li><li>Vote.</li></ol><ul><li>At home</li></ul>
<dl><div><dt>Cost</dt><dd>$12</dd></div></dl>
<table><caption>Costs</caption><thead><tr><th>No.</th><th>Project</th></tr></thead>
<tbody><tr><th>1</th><td>Lamps <img alt="lit"></td></tr></tbody></table><p>End</p>"""
SAID = """Booklet
=======

One & two
three

How
---

1. Read.
2. Vote.

- At home

Cost: $12

Costs
* No.: 1
  Project: Lamps lit

End
"""


def test_each_thing_has_its_line_and_drawings_are_left_out():
    assert text(PAGE) == SAID


def test_lines_end_at_their_width_and_only_an_address_goes_on():
    address = "https://lamplight.example/" + "a" * 90
    said = text(f"<p>{'words ' * 40} {address}</p>")
    assert address in said and all(len(line) <= WIDE for line in said.splitlines() if "://" not in line)


def test_broken_pages_give_their_words():
    said = text("<ul><li>one<table><tr><td>two</table></ul></div></td><p>three").split()
    assert [word for word in said if word.isalpha()] == ["one", "two", "three"]
