"""What a company uses AI for, beside the pattern of its sector and the work of its peers."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from leverage import charts, reference, words
from leverage.figures.figure import Ask, Chart, Hidden
from leverage.figures.figure import Table as FiguresTable
from leverage.figures.scope import basis, listed
from leverage.figures.sectors.published import Published
from leverage.figures.sectors.standing import Standing, standing
from leverage.figures.yardstick import LEAST_PEERS
from leverage.rules import UNASSIGNED

MOST_GAPS = 3


@dataclass(frozen=True)
class Profile:
    """The tab of kinds of work."""

    classes: Chart | Hidden
    pattern: Published | Hidden
    gaps: FiguresTable | Hidden


def profile(ask: Ask) -> Profile | None:
    """Return the kinds of work, None where nothing that was loaded matches the view."""
    facts = standing(ask)
    if facts is None:
        return None
    work = ask("workload_by_company").frame
    own = work.filter(company=facts.name)
    judged = facts.ground.judged
    return Profile(
        classes=judged(_classes(facts, own)),
        pattern=_pattern(facts, own),
        gaps=judged(_gaps(facts, own, work)),
    )


def _named(workload_class: str) -> str:
    """Return a class as a chart names it: what no rule caught is a remainder."""
    return f"({UNASSIGNED})" if workload_class == UNASSIGNED else workload_class


def _classes(facts: Standing, own: pl.DataFrame) -> Chart | Hidden:
    name = "Tokens by workload class"
    known = own.drop_nulls("class_share")
    if known.is_empty():
        return Hidden(name, "No source in this view reports tokens")
    rows = known.select(
        name=pl.col("workload_class").map_elements(_named, return_dtype=pl.String),
        value="class_share",
    )
    pattern = _classes_of_sector(facts)
    measure = f"Share of {basis(facts.ground.view)}, {facts.name}, {facts.ground.span.span.name}"
    return Chart(
        name=name,
        question="workload_by_company",
        metric="workload_share",
        spec=charts.titled(charts.compared_bars.spec(), _finding(rows, pattern), measure),
        rows=charts.compared_bars.frame(rows, words.share, pattern).to_arrow(),
        alt=charts.compared_bars.alt_text(rows, measure, words.share, pattern),
        note=_note(facts, pattern, rows),
        filters="workload",
    )


def _classes_of_sector(facts: Standing) -> list[str]:
    patterns = reference.sector_patterns().get(facts.subject["sector_key"] or "", ())
    return list(dict.fromkeys(row.workload_class for row in patterns))


def _finding(rows: pl.DataFrame, pattern: list[str]) -> str:
    named = rows.filter(~pl.col("name").str.starts_with("(")).sort("value", descending=True)
    if named.is_empty():
        return "No rule says which class of work the use belongs to"
    name, part = named.row(0)
    if not pattern:
        return f"{name.capitalize()} takes {words.share(part)} of the tokens"
    inside = round(sum(value for label, value in rows.iter_rows() if label in pattern), 9)
    if not inside:
        return "None of the classes that the sector is known for is seen"
    return f"{words.share(inside)} of the tokens go to classes the sector is known for"


def _note(facts: Standing, pattern: list[str], rows: pl.DataFrame) -> str | None:
    parts = []
    if pattern:
        parts.append(f"Coloured: classes in the pattern of {facts.subject['sector']}")
    if f"({UNASSIGNED})" in rows["name"].to_list():
        parts.append(f"({UNASSIGNED}) is what no rule caught, and may be of any class")
    return "; ".join(parts) or None


def _pattern(facts: Standing, own: pl.DataFrame) -> Published | Hidden:
    name = "The pattern of the sector"
    patterns = reference.sector_patterns().get(facts.subject["sector_key"] or "", ())
    if not patterns:
        said = "is not stated" if facts.subject["sector_key"] is None else "has no known pattern"
        return Hidden(name, f"The sector of {facts.name} {said}")
    share: Mapping[str, float] = dict(
        own.drop_nulls("class_share").select("workload_class", "class_share").iter_rows()
    )
    classes = _classes_of_sector(facts)
    rows = [
        {
            "Class of work": workload_class,
            "The sector is known for": "; ".join(
                row.work for row in patterns if row.workload_class == workload_class
            ),
            facts.name: f"has it, {words.share(share[workload_class])} of tokens"
            if share.get(workload_class)
            else "not seen",
        }
        for workload_class in classes
    ]
    has = [workload_class for workload_class in classes if share.get(workload_class)]
    lacks = [workload_class for workload_class in classes if not share.get(workload_class)]
    finding = f"{facts.name} has all classes of work its sector is known for"
    if lacks:
        finding = (
            f"{facts.name} has {words.count(len(has)) if has else 'none'} of the "
            f"{words.count(len(classes))} classes its sector is known for; not seen: "
            f"{listed(lacks, len(lacks))}"
        )
    described = reference.described("sector_patterns")
    missing = share.get(UNASSIGNED)
    open_ = (
        f"{words.share(missing)} of tokens are unassigned and may hold what is not seen. "
        if missing
        else ""
    )
    return Published(
        f"{name}: {facts.subject['sector']}",
        finding,
        pl.DataFrame(rows),
        f"{open_}{described.caveat} {described.source}.",
    )


def _gaps(facts: Standing, own: pl.DataFrame, work: pl.DataFrame) -> FiguresTable | Hidden:
    """Return how far the work lies from that of the peers, with the three largest gaps."""
    name = "Work against the peers in these data"
    names = [str(peer["company"]) for peer in facts.peers]
    peers = work.filter(pl.col("company").is_in(names) & (pl.col("tokens") > 0))
    n = peers["company"].n_unique()
    if n < LEAST_PEERS:
        return Hidden(
            name,
            f"{words.count(n)} other companies have tokens by class; {LEAST_PEERS} are needed",
        )
    if own.is_empty():
        return Hidden(name, "No source in this view reports tokens")
    total = float(peers["tokens"].sum())
    of_peers = dict(
        peers.group_by("workload_class").agg(pl.col("tokens").sum() / total).iter_rows()
    )
    of_own = dict(own.select("workload_class", "class_share").iter_rows())
    gaps = {
        name: (of_own.get(name) or 0.0, of_peers.get(name) or 0.0)
        for name in dict.fromkeys((*of_own, *of_peers))
    }
    distance = profile_distance(gaps)
    largest = sorted(
        (item for item in gaps.items() if item[0] != UNASSIGNED),
        key=lambda item: (-abs(item[1][0] - item[1][1]), item[0]),
    )[:MOST_GAPS]
    rows = [
        {
            "Class of work": workload_class,
            facts.name: words.share(mine),
            f"{words.count(n)} peers together": words.share(theirs),
            "Gap": words.points_moved(mine, theirs),
        }
        for workload_class, (mine, theirs) in largest
    ]
    unassigned = gaps.get(UNASSIGNED, (0.0, 0.0))
    return FiguresTable(
        name=f"{name}: the {words.count(len(rows))} largest gaps",
        finding=f"The distance to the work of {words.count(n)} peers is {distance:.2f} "
        "(0 the same, 1 nothing in common)",
        question="workload_by_company",
        metric="workload_share",
        rows=pl.DataFrame(rows),
        note="Half of the sum of all differences in shares. Unassigned: "
        f"{words.share(unassigned[0])} here, {words.share(unassigned[1])} of the peers together, "
        "which counts as a class of its own.",
    )


def profile_distance(shares: Mapping[str, tuple[float, float]]) -> float:
    """Return how far two profiles lie apart: half the sum of the differences of their shares."""
    return sum(abs(own - other) for own, other in shares.values()) / 2
