"""What stands in the cells of an exported table."""

from datetime import date

Cell = str | date
"""Words, a day, or a moment (a datetime without zone, as clocks at the partner show it)."""
