"""The invented staff of a company, and the files about people: roster, headcount and seats."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from leverage.sample.companies import Plan, Tool
from leverage.sample.use import EPOCH, days_of, months_since, season, shift, stream

Row = dict[str, str]
"""One line of a file: column name to cell."""

ROLES = {"Engineering": "Software"}
"""Job family of a department's people where it is not called like the department."""

BUSINESS_UNITS = {"Sales": "Commercial", "Support": "Commercial"}
HAVE_LOGINS = {"Engineering", "Product"}

_FIRST = ("bri", "dax", "elo", "fim", "gru", "hax", "jol", "kez", "lum", "nov", "oru", "pim", "quo")
_SECOND = ("da", "fo", "ku", "lo", "mi", "po", "ru", "sto", "vi", "wen", "xi", "zu")
_FAMILY = ("b", "ch", "d", "fl", "gr", "h", "kl", "m", "pr", "qu", "st", "tr", "v", "z")
_FAMILY_MIDDLE = ("ab", "enk", "ilm", "ond", "ulv", "arp", "eft", "igg", "osk", "urt")
_FAMILY_END = ("al", "eck", "imo", "ovar", "une", "ith", "orel", "ax")


@dataclass(frozen=True)
class Person:
    """One invented person; `left` is the last day of employment.

    `appetite` multiplies the tokens of a day and is heavy-tailed around a mean of 1; `readiness`
    (0 to 1, low is early) decides when the person takes up AI; `habit` multiplies how often.
    """

    number: int
    first: str
    family: str
    email: str
    login: str
    department: str
    role: str
    level: str
    manager: str
    contractor: bool
    fte: float
    hired: date
    left: date | None
    appetite: float
    readiness: float
    habit: float

    def employed(self, day: date) -> bool:
        """Say whether the person works here on a day."""
        return self.hired <= day and (self.left is None or day <= self.left)


def _hire(
    random: Random,
    plan: Plan,
    number: int,
    department: str,
    hired: date,
    manager: str,
    taken: set[str],
) -> Person:
    first = random.choice(_FIRST) + random.choice(_SECOND)
    while True:
        family = random.choice(_FAMILY) + random.choice(_FAMILY_MIDDLE) + random.choice(_FAMILY_END)
        email = f"{first}.{family}@{plan.slug}.example"
        if email not in taken:
            break
    taken.add(email)
    leads = not manager or random.random() < 0.07
    contractor = bool(manager) and random.random() < 0.06
    return Person(
        number=number,
        first=first.title(),
        family=family.title(),
        email=email,
        login=f"{first}{family[:3]}-{plan.slug[:3]}{number}",
        department=department,
        role="Management" if leads else ROLES.get(department, department),
        level=f"M{random.randint(1, 3)}" if leads else f"IC{random.randint(1, 5)}",
        manager=manager,
        contractor=contractor,
        fte=random.choice((0.5, 0.6, 0.8)) if random.random() < 0.07 else 1.0,
        hired=hired,
        left=None,
        appetite=random.lognormvariate(-0.6, 1.1),
        readiness=random.random(),
        habit=random.uniform(0.45, 1.5),
    )


def staff(plan: Plan, last_month: str, scale: float) -> list[Person]:
    """Return everyone who works or worked at a company up to the end of a month.

    Simulated month by month from the epoch, so a later last month adds joiners and leavers and
    changes nobody's earlier months.
    """
    random = stream(plan.slug, "staff")
    taken: set[str] = set()
    people: list[Person] = []
    heads: dict[str, str] = {}
    for department, size in plan.heads.items():
        for _ in range(max(2, round(size * scale))):
            hired = date(2016, 1, 4) + timedelta(days=random.randrange(8 * 365))
            number = len(people) + 1
            manager = heads.get(department, "")
            people.append(_hire(random, plan, number, department, hired, manager, taken))
            heads.setdefault(department, people[-1].email)
    for offset in range(1, months_since(last_month, EPOCH) + 1):
        month = shift(EPOCH, offset)
        random = stream(plan.slug, "staff", month)
        days = days_of(month)
        for position, person in enumerate(people):
            exempt = person.left is not None or person.email in heads.values()
            if random.random() < plan.leaving and not exempt:
                people[position] = replace(person, left=random.choice(days))
        for department, manager in heads.items():
            size = sum(one.department == department and one.left is None for one in people)
            for _ in range(sum(random.random() < plan.joining for _ in range(size))):
                hired = random.choice(days)
                number = len(people) + 1
                people.append(_hire(random, plan, number, department, hired, manager, taken))
    return people


def breadth(plan: Plan, month: str) -> float:
    """Return the share of people who use AI in a month."""
    start, end = plan.breadth
    passed = min(max(months_since(month, EPOCH) / 23, 0.0), 1.0)
    return start + (end - start) * passed


def may_use(plan: Plan, tool: Tool, person: Person, month: str, slack: float = 0.0) -> bool:
    """Say whether a person has taken up a tool by a month; `slack` adds idle seats."""
    reach = tool.reach.get(person.department, 0.0)
    return person.readiness < (breadth(plan, month) + slack) * reach


def active_days(plan: Plan, tool: Tool, person: Person, month: str, random: Random) -> list[date]:
    """Draw the days of a month on which a person opens a tool."""
    if not may_use(plan, tool, person, month):
        return []
    eager = tool.daily * person.habit
    return [
        day
        for day in days_of(month)
        if random.random() < min(0.95, eager * season(day)) and person.employed(day)
    ]


def roster(plan: Plan, people: list[Person], month: str) -> list[Row]:
    """Return the snapshot of a month's first day, with those who left in the 90 days before."""
    day = days_of(month)[0]
    rows = []
    for person in people:
        recent = person.left is not None and day - timedelta(days=90) <= person.left < day
        if not (person.employed(day) or recent):
            continue
        title = "lead" if person.role == "Management" else "specialist"
        rows.append(
            {
                "employee_id": f"{plan.slug[:1].upper()}{person.number:04d}",
                "work_email": person.email,
                "department": person.department,
                "business_unit": BUSINESS_UNITS.get(person.department, "Core"),
                "job_title": f"{person.department} {title}",
                "job_family": person.role,
                "job_level": person.level,
                "manager_email": person.manager,
                "location": "Remote" if person.number % 4 == 0 else "Head office",
                "country": ("DE", "US", "PL")[person.number % 3],
                "cost_center": f"CC-{100 + 10 * list(plan.heads).index(person.department)}",
                "employment_type": "contractor" if person.contractor else "employee",
                "status": "terminated" if recent else "active",
                "hire_date": str(person.hired),
                "termination_date": str(person.left) if recent else "",
                "fte": f"{person.fte:.1f}",
                "effective_date": str(day),
                "github_login": person.login if person.department in HAVE_LOGINS else "",
            }
        )
    return rows


def headcount(people: list[Person], months: list[str]) -> list[Row]:
    """Return the people employed on the last day of each month, by department and role."""
    rows = []
    for month in months:
        day = days_of(month)[-1]
        groups: dict[tuple[str, str], list[float]] = {}
        for person in people:
            if person.employed(day):
                groups.setdefault((person.department, person.role), []).append(person.fte)
        for (department, role), ftes in sorted(groups.items()):
            group = {"month": month, "department": department, "role": role}
            rows.append(group | {"employees": str(len(ftes)), "fte": f"{sum(ftes):.1f}"})
    return rows


def seats(plan: Plan, people: list[Person], months: list[str]) -> list[Row]:
    """Return the seats paid each month: all who took up the tool, and a margin who never do."""
    tools = {tool.kind: tool for tool in plan.tools}
    rows = []
    for month in months:
        day = days_of(month)[-1]
        here = [person for person in people if person.employed(day)]
        for seat in plan.seats:
            count = sum(may_use(plan, tools[seat.kind], one, month, slack=0.12) for one in here)
            rows.append(
                {
                    "month": month,
                    "company": plan.company.name,
                    "vendor": seat.vendor,
                    "plan": seat.plan,
                    "seats": str(count),
                    "price": seat.price_usd,
                    "currency": "USD",
                }
            )
    return rows
