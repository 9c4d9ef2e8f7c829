"""Fair start in the product: promises made to new notes, views given, and what became of them."""

from redleaf.discovery.reach.promises import (
    add,
    add_all,
    arms,
    debts,
    hidden,
    hidden_all_of,
    make_promise,
    recount,
    settle_due,
)

__all__ = [
    "add",
    "add_all",
    "arms",
    "debts",
    "hidden",
    "hidden_all_of",
    "make_promise",
    "recount",
    "settle_due",
]
