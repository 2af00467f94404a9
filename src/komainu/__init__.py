"""Komainu: from plain lesson sources to a published bilingual classroom site."""

__version__ = "0.1.0"
