"""The kinds of export of use: how a file is called, who writes it, and what it does not say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leverage.sample import programs, tools
from leverage.sample.companies import Plan
from leverage.sample.desk import Desk


@dataclass(frozen=True)
class Kind:
    """One sort of export.

    `text` writes one month; where the vendor's export takes a longer range, `half_yearly` is true
    and one file holds the months of a calendar half-year. `account` names the vendor whose account
    must be given beside the file, None where its rows name it; `says_period` is false where neither
    name nor rows state which days the file covers.
    """

    file_name: str
    text: Callable[[Desk], str]
    account: str | None
    says_period: bool
    half_yearly: bool

    def written(self, desks: Sequence[Desk]) -> str:
        """Return the file of these months: one header, or one page a line."""
        first, *later = map(self.text, desks)
        if self.file_name.endswith(".json"):
            return first + "".join(later)
        return first + "".join(text.partition("\n")[2] for text in later)


KINDS = {
    "openai_usage": Kind("openai_usage_{}.json", programs.openai_usage, "OpenAI", True, True),
    "openai_cost": Kind("openai_cost_{}.csv", programs.openai_cost, None, False, True),
    "anthropic_tokens": Kind(
        "claude_api_tokens_{}.csv", programs.anthropic_tokens, "Anthropic", True, False
    ),
    "anthropic_cost": Kind(
        "claude_api_cost_{}.csv", programs.anthropic_cost, "Anthropic", True, False
    ),
    "github_billing": Kind("github_billing_{}.csv", tools.github_billing, None, False, False),
    "cursor_events": Kind("cursor_events_{}.csv", tools.cursor_events, "Cursor", False, True),
    "litellm_daily": Kind("litellm_daily_{}.csv", tools.litellm_daily, "LiteLLM", False, True),
    "chatgpt_users": Kind("chatgpt_users_{}.csv", tools.chatgpt_users, None, True, True),
    "focus": Kind("focus_{}.csv", programs.focus, None, False, True),
}

OF_PROGRAMS = {
    "OpenAI": {"openai_usage", "openai_cost"},
    "Anthropic": {"anthropic_tokens", "anthropic_cost"},
    "AWS": {"focus"},
}
"""The kinds that exist because a company runs programs at a vendor."""


def kinds_of(plan: Plan) -> list[str]:
    """Return the kinds of export a company has, in the order of KINDS."""
    held = {tool.kind for tool in plan.tools}
    for program in plan.programs:
        held |= OF_PROGRAMS[program.vendor]
    return [kind for kind in KINDS if kind in held]
