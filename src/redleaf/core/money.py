"""Money as whole minor units of one currency; never a float."""

from dataclasses import dataclass

MINOR_DIGITS = {"CAD": 2, "USD": 2, "EUR": 2, "CNY": 2, "HKD": 2, "TWD": 2, "JPY": 0}


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (cents) of `currency` (ISO 4217)."""

    currency: str
    minor: int

    def __post_init__(self) -> None:
        if self.currency not in MINOR_DIGITS:
            raise ValueError(f"unknown currency {self.currency}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self._same(other), self.minor + other.minor)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self._same(other), self.minor - other.minor)

    def __neg__(self) -> "Money":
        return Money(self.currency, -self.minor)

    def share(self, weights: list[int]) -> list["Money"]:
        """Split by weights without losing a cent (largest remainder). Raises ValueError."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative, and not all zero")
        exact = [divmod(self.minor * weight, total) for weight in weights]
        parts = [whole for whole, _rest in exact]
        by_rest = sorted(range(len(parts)), key=lambda index: (-exact[index][1], index))
        for index in by_rest[: self.minor - sum(parts)]:
            parts[index] += 1
        return [Money(self.currency, part) for part in parts]

    def _same(self, other: "Money") -> str:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add")
        return self.currency
