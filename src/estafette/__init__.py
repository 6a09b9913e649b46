"""Estafette: one self-hosted server in which an organisation talks with everyone."""

__version__ = "0.1.0"
