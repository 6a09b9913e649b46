"""Figures with their limits, and how they are printed: medians of all runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Runs:
    """What each run found, product and limit side by side."""

    product: list[float] = field(default_factory=list[float])
    limit: list[float] = field(default_factory=list[float])

    def add(self, product: float, limit: float) -> None:
        """Notes one run."""
        self.product.append(product)
        self.limit.append(limit)

    @property
    def ratio(self) -> float:
        """The median of the ratios: each run is compared with its own limit."""
        return median(own / limit for own, limit in zip(self.product, self.limit, strict=True))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table; `aim` is about the ratio, or about the figure itself when it has a unit."""

    name: str
    runs: Runs
    limit: str
    context: str
    unit: str = ""
    aim: tuple[str, float] | None = None
    aim_is_absolute: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        sign, wanted = self.aim
        found = median(self.runs.product) if self.aim_is_absolute else self.runs.ratio
        return found >= wanted if sign == "≥" else found <= wanted


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, each followed by what it means."""
    lines = [f"{'':44}{'Estafette':>13}{'limit':>13}{'ratio':>8}   aim"]
    for each in figures:
        lines.append(
            f"{each.name:<44}{_number(median(each.runs.product), each.unit):>13}"
            f"{_number(median(each.runs.limit), each.unit):>13}{each.runs.ratio:>8.2f}   {_aim(each)}".rstrip()
        )
        lines.append(f"    {each.context}; limit: {each.limit}")
    return "\n".join(lines)


def _aim(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    sign, wanted = figure.aim
    return f"{sign} {wanted:g}{' ' + figure.unit if figure.aim_is_absolute else ''} {'✓' if figure.met else 'missed'}"


def _number(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{text} {unit}".rstrip()
