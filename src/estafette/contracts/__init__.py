"""The documented wire formats, odd ones included, each a thin map onto the same verbs; no oddity goes further in."""
