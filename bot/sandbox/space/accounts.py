"""Whose quota a request draws on: an account's, or the one that all addresses without an account share."""

from bot.sandbox.space.budget import Budget
from bot.sandbox.space.conduct import Conduct
from bot.sandbox.space.ledger import Drought, Ledger
from bot.sandbox.space.messages import LogLine
from bot.sandbox.space.wordings import Wording

NOT_KNOWN = LogLine("Falling back to IP-based quotas (Invalid token)", "ZeroGPU client warning", "warning")


def is_known(conduct: Conduct, token: str | None) -> bool:
    """Whether a token is an account's. Where no accounts are named, every token is one's."""
    return token is not None and (not conduct.accounts or token in conduct.accounts)


def budget_of(conduct: Conduct, token: str | None) -> Budget | None:
    """Return the quota that a token draws on now; None for no end of it."""
    kept = conduct.accounts.get(token or "", conduct.budget)
    return None if kept is None else kept.at(conduct.clock())


def spend(conduct: Conduct, ledger: Ledger, token: str | None) -> Wording | None:
    """Take one picture of a token's quota; return the refusal if there is none."""
    now = conduct.clock()
    budget = budget_of(conduct, token)
    if budget is not None and (refusal := budget.refusal(now)):
        ledger.droughts.append(Drought(token, now, now if budget.until is None else budget.until))
        return refusal
    after = None if budget is None else budget.spent(now)
    if token is not None and token in conduct.accounts:
        conduct.accounts[token] = after
    else:
        conduct.budget = after
    return None
