"""What stands in the cells of an exported table."""

from datetime import date

Cell = str | date | int | float
"""Words, a number, yes or no, a day, or a moment (a datetime without zone, as clocks where it is read show it)."""
