"""SMPP 3.4 against servers that are not ours."""
