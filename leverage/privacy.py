"""Decide which groups of people must be pooled, so that no subtraction isolates a few of them.

The decision is taken once per data version, for every company and month on its own, when the
marts are built. It is a fixed partition of the use of people: every answer that is split or
filtered by people is a sum over the parts of this partition, so combining filters gains nothing
that the parts do not already say. What remains to be shown is that the parts are safe, also beside
what is public anyway: the company's totals by vendor, model and account.

**The model.** In one company and month, x[p, c] is what person p used of column c, a column being
one public total. A released part is a *row*: a set of people and a set of columns. Every answer is
a linear combination of row sums and column sums. Draw a graph whose nodes are rows and columns,
and whose edges are the uses: x[p, c] joins the one row that holds it to column c.

**Lemma.** If a combination involves fewer than k people, and every cut of the graph that parts two
rows of one component holds the uses of k people or more, then the combination is one of public
totals alone. *Proof.* Let it take row r with factor y[r] and column c with factor -z[c]; x[p, c]
then has the factor y[r] - z[c], so it involves exactly the uses whose two ends differ in value. For
any t, {nodes of value >= t} is a cut that holds none but such uses, hence uses of fewer than k
people. So no such cut parts two rows of a component, and all its rows have one value y. There the
rows together are y times the sum of all columns: public totals, like the rest. (Some departments
minus all totals that only they use is such a cut: what is left are the others' few uses.)

**The audit.** Two nodes are inseparable when every cut between them holds k people or more; this
is an equivalence. Two classes of inseparable nodes merge when the uses between them are of k people
or more, since a cut between them holds all of those. Merging only brings further uses together, so
the order of merging does not matter; growing a class from any one row or column by single rows and
columns is a special case. A component is safe when all its rows are in one class. Where they are
not, two parts of different classes are pooled, which joins their classes, until they are.

**The levels.** Departments are settled first, then roles inside the departments shown, then vendors
inside the people cells so found, then models inside the vendors shown. Each level starts from a
release that is safe and divides it further, so undoing its divisions is always a way out: model
detail gives way before vendor detail, this before roles, and departments last. The last resort is
one cell, the whole company, which says nothing that is not public.

What this does not promise: dominance (one or two people behind nearly all of a figure) is judged
for departments, roles and their pools, not for vendors and models inside them. And the totals that
are public must be no finer than the columns given here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, groupby
from typing import NamedTuple

import polars as pl

K = 5
SMALL_GROUPS = "(small groups)"
OTHER_VENDORS = "(other vendors)"
OTHER_MODELS = "(other models)"
NO_DEPARTMENT = "(no department)"
NO_ROLE = "(no role)"

SHOWN_CELLS = [
    *("company", "month", "department", "role", "vendor", "model"),
    *("shown_department", "shown_role", "shown_vendor", "shown_model"),
]

_CELL = ["company", "month", "department", "role"]
_NAMED_CELL = ["company", "month", "named_department", "named_role"]
_BITS = 126  # what a signed integer of 128 bits holds with room for its sign

# What became of a model inside a people cell: shown, one of the other models of its vendor, or
# within the other vendors.
_SHOWN, _OTHER_MODEL, _OTHER_VENDOR = 0, 1, 2

Cell = tuple[str, str]  # department and role, NULL replaced by its name
CellKey = tuple[str, str, str, str]  # company and month before them


class Measure(NamedTuple):
    """How much of one measure the largest two people of a group hold, and all of them."""

    largest: int
    second: int
    total: int


def dominated(largest: int, second: int, total: int) -> bool:
    """Say whether one person holds over 50 % of a total, or two people over 85 %."""
    return 2 * largest > total or 20 * (largest + second) > 17 * total


def decide(
    people_cells: pl.DataFrame, dominance: pl.DataFrame, pairs: pl.DataFrame, k: int = K
) -> pl.DataFrame:
    """Return the labels under which the use of people may be shown, one row per cell and model.

    people_cells: company, month, department (NULL = none known), role (NULL = unknown), use_mask
    (the bits of `pairs` that a person used in the month) and n_people, how many had exactly that
    use; each person stands in one row per company and month. A cell nobody used anything in may be
    given with n_people 0, so that its headcount finds a label. Service accounts stay out.

    dominance: company, month, department, role and, over the people of that cell, the two largest
    values and the sum of tokens and of cost: tokens_top1, tokens_top2, tokens_total, cost_top1,
    cost_top2, cost_total. A total of NULL is unknown and no ground to hide.

    pairs: bit (0 to 125), vendor, model; one row per column whose total is public. Where totals by
    account are public too, each account has bits of its own: several bits may name the same vendor
    and model.

    The result has the columns SHOWN_CELLS. A department, role, vendor or model that may be shown
    stands for itself (unknown departments and roles as NO_DEPARTMENT and NO_ROLE; a NULL model
    stays NULL), any other as SMALL_GROUPS, OTHER_VENDORS or OTHER_MODELS. A cell nobody used
    anything in has one row with NULL vendors and models. Its keys keep their NULLs: join with `is
    not distinct from`. The rows are sorted and do not depend on the order of the rows given.

    k is the smallest number of people a figure may rest on; the product passes no less than K.
    Raises ValueError where the frames contradict this description.
    """
    columns = _Columns(pairs)
    measures = _measures(dominance)
    cells: list[tuple[str, ...]] = []
    uses: list[tuple[int, int, int]] = []
    for (company, month), found in groupby(_crowds(people_cells, columns, measures), _month_of):
        crowds = {key[2:]: crowd for key, crowd in found}
        labels = _settle_people(crowds, k)
        fates = _settle_detail(_merged(crowds, labels), columns, k)
        for cell, crowd in crowds.items():
            for model, fate in fates.get(labels[cell], {}).items():
                if crowd.used & columns.masks[model]:
                    uses.append((len(cells), model, fate))
            cells.append((company, month, *cell, *labels[cell]))
    return _shown_cells(people_cells, columns, cells, uses)


class _Columns:
    """The public totals as bits, and which of them belong to which vendor and model.

    Models and vendors are known by their position: names holds vendor and model, masks and
    vendor_masks their bits, models_of the models of each vendor.
    """

    def __init__(self, pairs: pl.DataFrame) -> None:
        bits = pairs.get_column("bit").to_list()
        if len(set(bits)) < len(bits) or not all(0 <= bit < _BITS for bit in bits):
            msg = f"pairs needs distinct bits from 0 to {_BITS - 1}, found {sorted(bits)}"
            raise ValueError(msg)
        mask_of: dict[tuple[str | None, str | None], int] = defaultdict(int)
        for bit, vendor, model in pairs.select("bit", "vendor", "model").iter_rows():
            mask_of[vendor, model] |= 1 << bit
        self.names = sorted(mask_of, key=lambda names: [(name is None, name) for name in names])
        self.masks = [mask_of[names] for names in self.names]
        self.all = sum(self.masks)
        vendors = groupby(range(len(self.names)), lambda model: self.names[model][0])
        self.models_of = [list(models) for _, models in vendors]
        self.vendor_masks = [
            sum(self.masks[model] for model in models) for models in self.models_of
        ]


class _Crowd:
    """The people of one or more cells: how many used exactly which columns, and who dominates.

    used is the mask of all columns that anybody used.
    """

    def __init__(self, people_by_mask: dict[int, int], measures: Sequence[Measure | None]) -> None:
        self.people_by_mask = people_by_mask
        self.measures = measures
        self.n = sum(people_by_mask.values())
        self.used = 0
        self._users: dict[int, int] = {}
        for mask, people in people_by_mask.items():
            self.used |= mask
            for bit in _bits(mask):
                self._users[bit] = self._users.get(bit, 0) + people

    @classmethod
    def union(cls, crowds: Sequence["_Crowd"]) -> "_Crowd":
        """Put crowds that share no person together: counts of people add up."""
        if len(crowds) == 1:
            return crowds[0]
        together: dict[int, int] = {}
        for crowd in crowds:
            for mask, people in crowd.people_by_mask.items():
                together[mask] = together.get(mask, 0) + people
        return cls(together, _measures_of_union(crowds))

    def users(self, mask: int) -> int:
        """Return how many people used any of these columns."""
        known = self._users.get(mask)
        if known is None:
            known = sum(people for used, people in self.people_by_mask.items() if used & mask)
            self._users[mask] = known
        return known


@lru_cache(maxsize=65_536)
def _bits(mask: int) -> tuple[int, ...]:
    """Return the bits of a mask, each as a mask of its own."""
    bits = []
    while mask:
        bits.append(mask & -mask)
        mask &= mask - 1
    return tuple(bits)


def _measures_of_union(crowds: Iterable[_Crowd]) -> list[Measure | None]:
    """Return the measures of a union: its two largest are among the two largest of its parts."""
    return [
        _union_of_measure([measure for measure in measures if measure])
        for measures in zip(*(crowd.measures for crowd in crowds), strict=True)
    ]


def _union_of_measure(known: Sequence[Measure]) -> Measure | None:
    if not known:
        return None
    values = sorted((value for measure in known for value in measure[:2]), reverse=True)
    return Measure(values[0], values[1], sum(measure.total for measure in known))


def _any_dominated(measures: Iterable[Measure | None]) -> bool:
    return any(dominated(*measure) for measure in measures if measure)


class _Part(NamedTuple):
    """One value of a split (department, role, vendor, model): its people and their columns.

    size counts the people among them who used any of these columns.
    """

    name: str | int
    crowd: _Crowd
    mask: int
    size: int


class _Split:
    """The parts of one whole, smallest first, and which of them are pooled.

    A pool holds at least two parts and k people, and among groups of people nobody dominates it;
    where this cannot be had it holds all parts, and nothing of the split is shown.
    """

    def __init__(self, parts: Iterable[_Part], k: int, *, by_people: bool) -> None:
        self.parts = sorted(parts, key=lambda part: (part.size, part.name))
        self.pooled: set[int] = set()
        self._k = k
        self._by_people = by_people
        small = {position for position, part in enumerate(self.parts) if self._is_small(part)}
        if small:
            self.pool(small)

    def _is_small(self, part: _Part) -> bool:
        return part.size < self._k or (self._by_people and _any_dominated(part.crowd.measures))

    def pool(self, positions: set[int]) -> None:
        """Pool these parts too, and more of them, smallest first, until the pool can be shown."""
        self.pooled |= positions
        for position in range(len(self.parts)):
            if self._pool_can_be_shown():
                return
            self.pooled.add(position)

    def _pool_can_be_shown(self) -> bool:
        pool = self.pool_parts()
        if len(pool) < 2:
            return False
        if not self._by_people:
            return pool[0].crowd.users(_mask_of(pool)) >= self._k
        if sum(part.size for part in pool) < self._k:
            return False
        return not _any_dominated(_measures_of_union(part.crowd for part in pool))

    def pool_parts(self) -> list[_Part]:
        """Return the parts of the pool, smallest first."""
        return [self.parts[position] for position in sorted(self.pooled)]

    def shown_parts(self) -> list[_Part]:
        """Return the parts that stand for themselves, smallest first."""
        return [part for i, part in enumerate(self.parts) if i not in self.pooled]


def _mask_of(parts: Iterable[_Part]) -> int:
    mask = 0
    for part in parts:
        mask |= part.mask
    return mask


def _settle_people(crowds: dict[Cell, _Crowd], k: int) -> dict[Cell, Cell]:
    """Return the department and the role under which each cell of a company and month is shown."""
    roles_of: dict[str, dict[str, _Crowd]] = defaultdict(dict)
    for (department, role), crowd in crowds.items():
        if crowd.n:
            roles_of[department][role] = crowd
    departments = _people_split(
        {name: _Crowd.union(list(roles.values())) for name, roles in roles_of.items()}, k
    )
    _Audit([departments], k).pool_until_safe()
    shown = {str(part.name) for part in departments.shown_parts()}
    roles = {name: _people_split(roles_of[name], k) for name in sorted(shown)}
    pool = [part.crowd for part in departments.pool_parts()]
    pool_split = [_people_split({SMALL_GROUPS: _Crowd.union(pool)}, k)] if pool else []
    _Audit([*roles.values(), *pool_split], k).pool_until_safe()

    def label(department: str, role: str) -> Cell:
        # Where nobody used anything there is nobody to protect, so an idle department or role
        # keeps its name, unless that would show something of a split of which nothing is shown.
        if department in roles_of:
            if department not in shown:
                return SMALL_GROUPS, SMALL_GROUPS
            split = roles[department]
            hidden = {part.name for part in split.pool_parts()}
            is_hidden = role in hidden or not split.shown_parts()
            return department, SMALL_GROUPS if is_hidden else role
        return (department, role) if shown or not pool else (SMALL_GROUPS, SMALL_GROUPS)

    return {cell: label(*cell) for cell in crowds}


def _people_split(crowds: dict[str, _Crowd], k: int) -> _Split:
    parts = (_Part(name, crowd, crowd.used, crowd.n) for name, crowd in crowds.items())
    return _Split(parts, k, by_people=True)


def _merged(crowds: dict[Cell, _Crowd], labels: dict[Cell, Cell]) -> dict[Cell, _Crowd]:
    """Return the people of each shown department and role, where anybody used anything."""
    members: dict[Cell, list[_Crowd]] = defaultdict(list)
    for cell, crowd in crowds.items():
        if crowd.n:
            members[labels[cell]].append(crowd)
    return {label: _Crowd.union(members[label]) for label in sorted(members)}


def _settle_detail(
    crowds: dict[Cell, _Crowd], columns: _Columns, k: int
) -> dict[Cell, dict[int, int]]:
    """Return for each people cell what became of each model used in it."""
    vendors = {
        cell: _Split(
            (
                _part(vendor, crowd, mask)
                for vendor, mask in enumerate(columns.vendor_masks)
                if mask & crowd.used
            ),
            k,
            by_people=False,
        )
        for cell, crowd in crowds.items()
    }
    _Audit(list(vendors.values()), k).pool_until_safe()

    models: dict[Cell, list[_Split]] = {}
    pools: list[_Split] = []
    for cell, crowd in crowds.items():
        models[cell] = [
            _Split(
                (
                    _part(model, crowd, mask)
                    for model in columns.models_of[int(vendor.name)]
                    if (mask := columns.masks[model]) & crowd.used
                ),
                k,
                by_people=False,
            )
            for vendor in vendors[cell].shown_parts()
        ]
        if pool := vendors[cell].pool_parts():
            pools.append(_Split([_part(0, crowd, _mask_of(pool))], k, by_people=False))
    _Audit([*(split for found in models.values() for split in found), *pools], k).pool_until_safe()

    fates: dict[Cell, dict[int, int]] = {}
    for cell, crowd in crowds.items():
        fates[cell] = {
            model: _OTHER_VENDOR for model, mask in enumerate(columns.masks) if mask & crowd.used
        }
        for split in models[cell]:
            fates[cell] |= {int(part.name): _OTHER_MODEL for part in split.pool_parts()}
            fates[cell] |= {int(part.name): _SHOWN for part in split.shown_parts()}
    return fates


def _part(name: int, crowd: _Crowd, mask: int) -> _Part:
    return _Part(name, crowd, mask, crowd.users(mask))


class _Use(NamedTuple):
    """A crowd's use of one column, by so many people."""

    crowd: _Crowd
    bit: int
    users: int


class _Audit:
    """The graph of one level of one company and month, and its classes of inseparable nodes.

    The nodes are the columns, by bit, and then the rows: each part shown, and each pool. `class_of`
    holds for each node the one that stands for its class, `between` the uses between two classes.
    """

    def __init__(self, splits: Sequence[_Split], k: int) -> None:
        self.splits = splits
        self.k = k
        self.nodes: list[list[int]] = []
        count = _BITS
        for split in splits:
            own = list(range(count, count + len(split.parts)))
            for position in split.pooled:
                own[position] = own[min(split.pooled)]
            self.nodes.append(own)
            count += len(split.parts)
        self.class_of = list(range(count))
        self.members = [[node] for node in range(count)]
        self.between: list[dict[int, list[_Use]]] = [{} for _ in range(count)]
        self.grown: set[tuple[int, int]] = set()
        self._read_uses()

    def _read_uses(self) -> None:
        """Merge what the uses of single columns by k people join, and link the rest."""
        class_of, k = self.class_of, self.k
        few = []
        for split, own in zip(self.splits, self.nodes, strict=True):
            for row, part in zip(own, split.parts, strict=True):
                crowd = part.crowd
                for bit in _bits(part.mask & crowd.used):
                    column, users = bit.bit_length() - 1, crowd.users(bit)
                    if users < k:
                        few.append((row, column, crowd, bit, users))
                    elif class_of[row] != class_of[column]:
                        self._join(class_of[row], class_of[column])
        for row, column, crowd, bit, users in few:
            if class_of[row] != class_of[column]:
                self._link(class_of[row], class_of[column], [_Use(crowd, bit, users)])

    def _link(self, one: int, other: int, uses: list[_Use]) -> None:
        """Note further uses between two classes."""
        known = self.between[one].get(other)
        if known is None:
            self.between[one][other] = self.between[other][one] = uses
        else:
            known += uses
        self.grown.add((one, other) if one < other else (other, one))

    def _join(self, one: int, other: int) -> None:
        """Make one class of two, and hand it the uses between both and the others."""
        kept, gone = one, other
        if len(self.members[kept]) < len(self.members[gone]):
            kept, gone = gone, kept
        for node in self.members[gone]:
            self.class_of[node] = kept
        self.members[kept] += self.members[gone]
        handed_over, self.between[gone] = self.between[gone], {}
        for neighbour, uses in handed_over.items():
            del self.between[neighbour][gone]
            if neighbour != kept:
                self._link(kept, neighbour, uses)

    def pool_until_safe(self) -> None:
        """Pool parts until all rows of each component are inseparable (see the top of the file).

        There is always something to pool: if no split had parts in two classes, the release that
        this level divides further would not have been safe.
        """
        self._merge_inseparable()
        while unsafe := self._unsafe_components():
            position, parts = self._next_to_pool(unsafe)
            split = self.splits[position]
            split.pool(parts)
            first, *others = (self.nodes[position][part] for part in split.pooled)
            for other in others:
                if self.class_of[first] != self.class_of[other]:
                    self._join(self.class_of[first], self.class_of[other])
            self._merge_inseparable()

    def _merge_inseparable(self) -> None:
        """Merge classes with uses of k people or more between them, until there are none."""
        while self.grown:
            one, other = self.grown.pop()
            uses = self.between[one].get(other)
            if uses and _has_users(uses, self.k):
                self._join(one, other)

    def _unsafe_components(self) -> list[set[int]]:
        """Return the classes of each component whose rows are in more than one class."""
        row_classes = {self.class_of[node] for own in self.nodes for node in own}
        if len(row_classes) == 1:
            return []
        components = []
        while row_classes:
            component: set[int] = set()
            found = [min(row_classes)]
            while found:
                one = found.pop()
                if one not in component:
                    component.add(one)
                    found += self.between[one]
            if len(component & row_classes) > 1:
                components.append(component)
            row_classes -= component
        return components

    def _next_to_pool(self, unsafe: list[set[int]]) -> tuple[int, set[int]]:
        """Choose the parts whose pooling joins two classes and newly hides the fewest people.

        Two parts of one unsafe component come before two of which only one lies in it, since
        these may need a further step.
        """
        component_of = {one: number for number, found in enumerate(unsafe) for one in found}
        choices = []
        for position, (split, own) in enumerate(zip(self.splits, self.nodes, strict=True)):
            classes = [self.class_of[node] for node in own]
            if len(set(classes)) < 2:
                continue
            for one, other in combinations(range(len(own)), 2):
                if classes[one] == classes[other]:
                    continue
                if split.pooled and one not in split.pooled and other not in split.pooled:
                    continue
                where = {component_of.get(classes[one]), component_of.get(classes[other])}
                if where != {None}:
                    newly_hidden = {one, other} - split.pooled
                    people = sum(split.parts[part].size for part in newly_hidden)
                    choices.append((len(where), people, position, one, other))
        _, _, position, one, other = min(choices)
        return position, {one, other}


def _has_users(uses: list[_Use], k: int) -> bool:
    """Say whether k people or more stand behind these uses, counting each of them once."""
    if sum(use.users for use in uses) < k:
        return False
    masks: dict[_Crowd, int] = defaultdict(int)
    for use in uses:
        masks[use.crowd] |= use.bit
    return sum(crowd.users(mask) for crowd, mask in masks.items()) >= k


def _month_of(found: tuple[CellKey, _Crowd]) -> tuple[str, str]:
    return found[0][0], found[0][1]


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the names of departments and roles, also of those not known."""
    return frame.with_columns(
        pl.col("company", "month", "department", "role").cast(pl.String),
    ).with_columns(
        named_department=pl.col("department").fill_null(NO_DEPARTMENT),
        named_role=pl.col("role").fill_null(NO_ROLE),
    )


def _measures(dominance: pl.DataFrame) -> dict[CellKey, list[Measure | None]]:
    """Return tokens and cost by cell, cost in millionths of a dollar so that sums are exact."""
    tokens = pl.col("tokens_top1", "tokens_top2", "tokens_total").cast(pl.Int64)
    cost = pl.col("cost_top1", "cost_top2", "cost_total").cast(pl.Float64) * 1_000_000
    values = _named(dominance).select(*_NAMED_CELL, tokens, cost.round().cast(pl.Int64))
    found: dict[CellKey, list[list[Measure]]] = defaultdict(lambda: [[], []])
    for row in values.iter_rows():
        of_cell = found[row[:4]]
        for known, (largest, second, total) in zip(of_cell, (row[4:7], row[7:]), strict=True):
            if total is not None:
                known.append(Measure(largest or 0, second or 0, total))
    return {key: [_union_of_measure(known) for known in of_cell] for key, of_cell in found.items()}


def _crowds(
    people_cells: pl.DataFrame, columns: _Columns, measures: dict[CellKey, list[Measure | None]]
) -> Iterator[tuple[CellKey, _Crowd]]:
    """Yield the people of every cell, sorted by company, month, department and role."""
    people = pl.col("n_people").cast(pl.Int64)
    mask = pl.col("use_mask").cast(pl.Int128)
    frame = _named(people_cells).select(*_NAMED_CELL, people, mask)
    unknown = pl.lit(~columns.all, dtype=pl.Int128)
    bad = frame.filter(
        (people < 0) | ((people > 0) & ((mask <= 0) | mask.is_null() | (mask & unknown != 0)))
    )
    if bad.height:
        msg = f"use_mask must hold bits of pairs, at least one where n_people > 0: {bad.row(0)}"
        raise ValueError(msg)
    cells = (
        frame.group_by(*_NAMED_CELL, "use_mask")
        .agg(people.sum())
        .group_by(_NAMED_CELL)
        .agg(mask.filter(people > 0), people.filter(people > 0))
        .sort(_NAMED_CELL)
    )
    for company, month, department, role, masks, counts in cells.iter_rows():
        key = (company, month, department, role)
        if masks and key not in measures:
            msg = f"dominance has no row for {key}, a cell of people_cells with people"
            raise ValueError(msg)
        yield key, _Crowd(dict(zip(masks, counts, strict=True)), measures.get(key, [None, None]))


def _shown_cells(
    people_cells: pl.DataFrame,
    columns: _Columns,
    cells: list[tuple[str, ...]],
    uses: list[tuple[int, int, int]],
) -> pl.DataFrame:
    """Write the decision as a frame: cells with their labels, and (cell, model, fate) for uses."""
    labelled = pl.DataFrame(
        cells, [*_NAMED_CELL, "shown_department", "shown_role"], orient="row"
    ).cast(pl.String)
    decided = pl.DataFrame(
        uses, {"cell": pl.UInt32, "position": pl.UInt32, "fate": pl.Int8}, orient="row"
    )
    names = pl.DataFrame(
        columns.names, {"vendor": pl.String, "model": pl.String}, orient="row"
    ).with_row_index("position")
    vendor_hidden = pl.col("fate") == _OTHER_VENDOR
    model_hidden = pl.col("fate") >= _OTHER_MODEL
    return (
        _named(people_cells)
        .select(*_CELL, "named_department", "named_role")
        .unique()
        .join(labelled.with_row_index("cell"), on=_NAMED_CELL)
        .join(decided, on="cell", how="left")
        .join(names, on="position", how="left")
        .with_columns(
            shown_vendor=pl.when(vendor_hidden)
            .then(pl.lit(OTHER_VENDORS))
            .otherwise(pl.col("vendor")),
            shown_model=pl.when(model_hidden).then(pl.lit(OTHER_MODELS)).otherwise(pl.col("model")),
        )
        .select(SHOWN_CELLS)
        .sort(*_CELL, "vendor", "model")
    )
