"""The programme: from a person's entries to what is done today, and why."""

from surefoot.training.decision import Decision, Number, ProgrammeError, What
from surefoot.training.programme.entries import KINDS, Entry
from surefoot.training.programme.fold import after, fold
from surefoot.training.programme.plan import PARTS, Plan, parse_plan
from surefoot.training.programme.standing import Standing, blank
from surefoot.training.programme.today import Item, Today, next_session, plan_day

__all__ = [
    "KINDS",
    "PARTS",
    "Decision",
    "Entry",
    "Item",
    "Number",
    "Plan",
    "ProgrammeError",
    "Standing",
    "Today",
    "What",
    "after",
    "blank",
    "fold",
    "next_session",
    "parse_plan",
    "plan_day",
]
