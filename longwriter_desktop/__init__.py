"""LongWriter Desktop: plan, write and export a long document with a local language model."""

__version__ = "0.1.0"
