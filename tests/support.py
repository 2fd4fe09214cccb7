"""Small exports under documented headers, and a desk that loads them into a store of its own."""

import atexit
import json
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import polars as pl

from leverage import database, engine
from leverage.ask import Asker
from leverage.intake import staging
from leverage.store import FileReport, Stage, Store, changes

TODAY = date(2026, 11, 1)
LITELLM = (
    "user_id,date,api_key,model,model_group,custom_llm_provider,mcp_namespaced_tool_name,endpoint,"
    "prompt_tokens,completion_tokens,cache_read_input_tokens,cache_creation_input_tokens,spend,"
    "api_requests,successful_requests,failed_requests"
)
GITHUB = (
    "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,"
    "discount_amount,net_amount,total_monthly_quota,organization,repository,cost_center_name,"
    "aic_quantity,aic_gross_amount"
)
CHATGPT = (
    "cadence,period_start,period_end,account_id,public_id,name,email,role,user_role,department,"
    "groups,user_status,created_or_invited_date,is_active,first_day_active_in_period,"
    "last_day_active_in_period,messages,messages_rank,model_to_messages,gpt_messages,gpts_messaged,"
    "gpt_to_messages,tool_messages,tools_messaged,tool_to_messages,project_messages,"
    "projects_messaged,project_to_messages,projects_created,last_day_active,credits_used"
)
ROSTER = "employee_id,work_email,department,job_family,hire_date,effective_date,github_login"


def gateway_row(
    day: str,
    user: str = "a@example.com",
    *,
    tokens: int = 100,
    spend: str = "0.5",
    model: str = "gpt-5",
    provider: str = "openai",
) -> str:
    """Return one line of a LiteLLM daily spend export: 1 request, output a tenth of the input."""
    return (
        f"{user},{day},key-1,{model},{model},{provider},,/v1/chat/completions,{tokens},"
        f"{tokens // 10},0,0,{spend},1,1,0"
    )


def gateway(rows: Iterable[str]) -> str:
    """Return a LiteLLM daily spend export."""
    return "\n".join([LITELLM, *rows]) + "\n"


def github_row(day: str, user: str = "octo", *, org: str = "acme", gross: str = "0.5") -> str:
    """Return one line of a GitHub billing export, in credits, billed 0."""
    return (
        f"{day},{user},copilot,copilot_ai_credit,GPT-5 mini,{float(gross) * 100},ai-credits,0.01,"
        f"{gross},{gross},0,3900,{org},,,0,0"
    )


def github(rows: Iterable[str]) -> str:
    """Return a GitHub billing export."""
    return "\n".join([GITHUB, *rows]) + "\n"


def chatgpt(first: str, last: str, members: Sequence[str], messages: int = 10) -> str:
    """Return a ChatGPT users export of one period."""
    rows = [
        f"Weekly,{first},{last},acc-1,user-{i},Name,{email},,standard-user,[],,enabled,2025-01-01,1,"
        f"{first},{last},{messages},1,,0,0,,0,0,,0,0,,0,{last},"
        for i, email in enumerate(members)
    ]
    return "\n".join([CHATGPT, *rows]) + "\n"


def roster(effective: str, people: dict[str, str], hired: str = "2024-01-01") -> str:
    """Return a roster: address → department, the department's name as job family."""
    rows = [
        f"E{i},{email},{department},{department},{hired},{effective},"
        for i, (email, department) in enumerate(people.items())
    ]
    return "\n".join([ROSTER, *rows]) + "\n"


def days(first: str, last: str) -> list[str]:
    """Return every day from the first to the last, as ISO text."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=i)).isoformat() for i in range((end - start).days + 1)]


@dataclass
class Desk:
    """A data root of its own, where files are written and loaded as the command line loads them."""

    root: Path
    written: int = field(default=0)

    @cached_property
    def store(self) -> Store:
        """Return the store; at first use a copy of an empty one, as making one takes a while."""
        if not (self.root / "store").exists():
            _copy_store(_empty_store(), self.root / "store")
        return Store.create(self.root / "store")

    def copy(self, root: Path) -> "Desk":
        """Return a copy in another folder, under an id of its own as no two stores share one."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns("store"), dirs_exist_ok=True)
        _copy_store(self.store.root, root / "store")
        return Desk(root, self.written)

    def file(self, text: str, name: str | None = None) -> Path:
        """Write one export and return its path."""
        self.written += 1
        path = self.root / "files" / (name or f"export-{self.written}.csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def stage(self, *texts: str | Path, **options: object) -> Stage:
        """Stage exports given as text or path; company Acme unless another is named."""
        paths = [text if isinstance(text, Path) else self.file(text) for text in texts]
        said: dict[str, Any] = {"company": "Acme", "by": "tester", **options}
        return staging.stage(
            self.root,
            self.store,
            paths,
            staging.Options(**said),
            today=TODAY,
        )

    def load(self, *texts: str | Path, **options: object) -> list[changes.Loaded]:
        """Stage and store exports; a refused file is an error of the test."""
        stage = self.stage(*texts, **options)
        refused = [file.refused for file in stage.files if file.refused]
        assert not refused, refused
        done = changes.load(self.store, stage, "tester")
        stage.discard()
        return done

    def table(self, name: str, number: int | None = None) -> pl.DataFrame:
        """Return one table as a data version holds it, the newest by default."""
        store = self.store
        versions = store.table_versions(store.newest() if number is None else number)
        with database.workspace({name: store.files(name, versions[name])}) as con:
            rows: pl.DataFrame = con.table(name).pl()
        return rows

    def usage(self, number: int | None = None) -> list[tuple[str, int]]:
        """Return (day, input tokens) of every usage row, sorted."""
        rows = self.table("usage", number)
        return sorted(
            (day.isoformat(), tokens or 0)
            for day, tokens in rows.select("day", "input_tokens").iter_rows()
        )

    def asker(self, number: int | None = None) -> Asker:
        """Return what answers questions on a data version."""
        return Asker(engine.Engine(), self.store, number or self.store.newest())


@cache
def _empty_store() -> Path:
    """Return a store without any change, made once a process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    return Store.create(folder / "store").root


def _copy_store(made: Path, root: Path) -> None:
    """Copy a store; the copy gets an id of its own, as no two stores share one."""
    shutil.copytree(made, root)
    described = root / "store.json"
    about = json.loads(described.read_text(encoding="utf-8"))
    described.write_text(json.dumps({**about, "id": secrets.token_hex(4)}), encoding="utf-8")


class Pile:
    """Files that are loaded in one go, each for a company of its own that is called as the file.

    So each of them meets an empty company, as in a store of its own, in a fraction of the time.
    """

    def __init__(
        self,
        desk: Desk,
        files: Mapping[str, Path],
        said: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Load the files of these names; `said` are the options of those that need some."""
        options = [
            staging.Options(company=name, by="tester", **(said or {}).get(name, {}))
            for name in files
        ]
        paths = list(files.values())
        names = list(files)
        stage = staging.stage(desk.root, desk.store, paths, options, names=names, today=TODAY)
        self.left_out = stage.left_out()
        self.reports: dict[str, FileReport] = dict(zip(files, stage.files, strict=True))
        done = changes.load(desk.store, stage, "tester")
        assert not [load.refused for load in done if load.refused]
        stage.discard()
        self._desk = desk
        self._loads = changes.in_effect(desk.store)
        self._tables: dict[str, pl.DataFrame] = {}

    def of(self, name: str) -> "OfPile":
        """Return what was stored of one file, which must not be refused."""
        assert self.reports[name].refused is None, self.reports[name].refused
        return OfPile(self, name)

    def rows(self, table: str, company: str) -> pl.DataFrame:
        """Return the rows of one company in one table, which is read once."""
        if table not in self._tables:
            self._tables[table] = self._desk.table(table)
        return self._tables[table].filter(pl.col("company") == company)

    def loads(self, company: str) -> list[dict[str, Any]]:
        """Return the loads of one company."""
        return [load for load in self._loads if load["company"] == company]


@dataclass(frozen=True)
class OfPile:
    """What a store holds of one file of a pile."""

    pile: Pile
    name: str

    def table(self, table: str) -> pl.DataFrame:
        """Return its rows of one table, as a store of its own would hold them."""
        return self.pile.rows(table, self.name)

    @property
    def loads(self) -> list[dict[str, Any]]:
        """Return the loads in effect that brought it."""
        return self.pile.loads(self.name)
