"""Write the README's table of sources anew, from the headers of queries/exports.

python -m tools.sources
"""

from pathlib import Path

from leverage.intake.kinds import Kind, kinds

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- sources: written by python -m tools.sources -->", "<!-- end of sources -->"
BRINGS = {
    "usage": "use",
    "people": "people",
    "headcount": "employees",
    "seats": "seats",
    "outcomes": "outcomes",
}
SURE = ("verified", "partly verified", "unverified", "our own template")


def table() -> str:
    """Return the table of sources as Markdown, one row a kind, by title."""
    lines = ["| file | kind | brings | format |", "|---|---|---|---|"]
    for kind in sorted(kinds().values(), key=lambda kind: kind.title.casefold()):
        cells = (kind.title, f"`{kind.name}`", _brings(kind), _sure(kind))
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines)


def _brings(kind: Kind) -> str:
    authority = kind.header.get("authority", {})
    held = [name for name in ("tokens", "cost") if authority.get(name, "none") != "none"]
    if "advice" in kind.header:
        return "nothing: refused, with advice"
    if kind.table == "usage":
        return " and ".join(held) or "activity"
    return BRINGS.get(kind.table, kind.table.replace("_", " "))


def _sure(kind: Kind) -> str:
    """Return how sure the format is: the words that every header's `source` begins with."""
    source = " ".join(str(kind.header["source"]).split())
    return next(word for word in SURE if source.startswith(word))


def written(text: str) -> str:
    """Return the README's text with the table as the headers have it now."""
    before, rest = text.split(START)
    after = rest.split(END)[1]
    return f"{before}{START}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
