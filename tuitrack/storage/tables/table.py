"""What all tables share."""

from __future__ import annotations

from peewee import Model


class Table(Model):
    """What all tables share: a column takes only values of its type."""

    class Meta:
        strict_tables = True
