"""The ground floor: database, changes, bus, errors, clock and languages; it knows no word of the product."""
