"""Leverage against oversight: who uses how much, and whether someone still looks."""

from leverage import words
from leverage.figures.figure import Ask
from leverage.figures.ground import Ground
from leverage.figures.leverage.policy import policy
from leverage.figures.scope import listed
from leverage.stats import wilson
from leverage.words import Said, Sentence


def warnings(ask: Ask, facts: Ground) -> list[Sentence]:
    """Say where escapes or review load worsened while tokens rose, if anywhere.

    The window is held against the three months before it. A rate counts as worse where it is beyond
    the policy's ratio and its lower bound is above what it was, a load beyond the ratio alone.
    """
    if facts.view.role or facts.view.vendor or facts.view.model:
        return []
    use = {
        (row["period"], row["company"], row["unit"]): row["tokens_per_employee"]
        for row in ask("use_by_unit").frame.iter_rows(named=True)
        if row["unit_kind"] == "department"
    }
    reviews = {
        (row["period"], row["company"], row["department"]): row
        for row in ask("oversight_by_department").frame.iter_rows(named=True)
    }
    several = len({company for _, company, _ in reviews}) > 1
    worse = []
    for (period, company, department), row in reviews.items():
        before = reviews.get(("before", company, department))
        used = [use.get((when, company, department)) for when in ("this", "before")]
        if period != "this" or before is None or before["months"] < 3 or None in used:
            continue
        if used[0] <= used[1]:  # type: ignore[operator]
            continue
        name = f"{department} of {company}" if several else department
        ratio = policy()["most_escape_ratio"]
        now, was = row["escape_rate"], before["escape_rate"]
        bound = None if now is None else wilson(now * row["accepted"], row["accepted"])
        if now is not None and was and now > ratio * was and bound and bound.low > was:
            worse.append(
                (name, "escape rate", Said(was, words.share(was)), Said(now, words.share(now)))
            )
        load, loaded = row["review_load"], before["review_load"]
        if load is not None and loaded and load > policy()["most_load_ratio"] * loaded:
            worse.append(
                (
                    name,
                    "review load",
                    Said(round(loaded, 1), f"{loaded:.1f}"),
                    Said(round(load, 1), f"{load:.1f}"),
                )
            )
    if not worse:
        return []
    lead = f"Early warning at {listed(list(dict.fromkeys(name for name, *_ in worse)), 2)}"
    told = [f"{what} of {name} {was.text} to {now.text}" for name, what, was, now in worse[:2]]
    more = f", and {words.count(len(worse) - 2)} more" if len(worse) > 2 else ""
    text = (
        f"{lead}: while tokens per employee rose, {' and '.join(told)}{more}, against the three "
        "months before."
    )
    return [
        Sentence("unknown", lead, text, tuple(n for *_, was, now in worse[:2] for n in (was, now)))
    ]
