"""One table of an evidence file, read key by key, with errors that name file and entry."""

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import Any

from regrow.errors import EvidenceError

WHY = "A number that cannot be traced or read exactly must never reach a simulation."


class Entry:
    """A table and where it stands."""

    def __init__(self, table: Any, *, file: str, name: str, corrected: str | None = None) -> None:
        self.file = file
        self.name = name
        self.corrected = corrected
        if not isinstance(table, dict):
            raise self.error("is not a table.", fix=f"Write [{name}] and one key per line below.")
        self.table: Mapping[str, Any] = table

    @property
    def stem(self) -> str:
        """The name of the file, without folder and ending."""
        return self.file.removesuffix(".toml").rpartition("/")[2]

    @property
    def reference(self) -> str:
        """How other entries point at this one."""
        return f"{self.stem}/{self.name}"

    def error(self, what: str, *, fix: str) -> EvidenceError:
        return EvidenceError(f"{self.file}, entry '{self.name}' {what}", why=WHY, fix=fix)

    def allow(self, keys: Iterable[str]) -> None:
        """Refuse keys nobody reads: most of them are misspelt."""
        known = tuple(keys)
        for key in self.table:
            if key not in known:
                raise self.error(
                    f"has the unknown key '{key}'{did_you_mean(key, known)}.",
                    fix=f"Use one of: {', '.join(known)}.",
                )

    def text(self, key: str) -> str:
        value = self._required(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"has no text under '{key}'.", fix=f'Write {key} = "..." .')
        return value

    def text_or_empty(self, key: str) -> str:
        value = self._required(key)
        if not isinstance(value, str):
            raise self.error(f"has no text under '{key}'.", fix=f'Write {key} = "..." .')
        return value

    def number(self, key: str) -> float:
        return self._number(key, self._required(key))

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        value, known = self.text(key), tuple(allowed)
        if value not in known:
            raise self.error(
                f"has the unknown {key} '{value}'{did_you_mean(value, known)}.",
                fix=f"Use one of: {', '.join(known)}.",
            )
        return value

    def maybe_text(self, key: str) -> str | None:
        return self.text(key) if key in self.table else None

    def maybe_number(self, key: str) -> float | None:
        return self.number(key) if key in self.table else None

    def maybe_whole(self, key: str) -> int | None:
        value = self.table.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.error(f"has no whole number under '{key}'.", fix=f"Write {key} = 12 .")
        return value

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"says neither true nor false under '{key}'.", fix=f"{key} = true")
        return value

    def maybe_date(self, key: str) -> datetime.date | None:
        value = self.table.get(key)
        if value is not None and type(value) is not datetime.date:
            raise self.error(f"has no date under '{key}'.", fix=f"Write {key} = 2026-11-30 .")
        return value

    def maybe_number_or_text(self, key: str) -> float | str | None:
        value = self.table.get(key)
        if value is None or isinstance(value, str):
            return value
        return self._number(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"has no list of texts under '{key}'.", fix=f'{key} = ["..."]')
        return tuple(value)

    def inner(self, key: str) -> "Entry | None":
        """The table under `key`, as an entry of its own."""
        if key not in self.table:
            return None
        return Entry(self.table[key], file=self.file, name=f"{self.name}.{key}")

    def source(self, known: Iterable[str], key: str = "source") -> str:
        """A source id that stands in sources.toml."""
        value = self.text(key)
        return self.known_source(value, known)

    def known_source(self, value: str, known: Iterable[str]) -> str:
        names = tuple(known)
        if value not in names:
            raise self.error(
                f"cites the unknown source '{value}'{did_you_mean(value, names)}.",
                fix="Add the source to sources.toml, or cite one that is there.",
            )
        return value

    def _required(self, key: str) -> Any:
        if key not in self.table:
            raise self.error(
                f"lacks the key '{key}'{did_you_mean(key, self.table)}.", fix=f"Add {key} = ... ."
            )
        return self.table[key]

    def _number(self, key: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"has no number under '{key}'.", fix=f"Write {key} = 1.5 .")
        if not math.isfinite(value):
            raise self.error(
                f"has the value {value} under '{key}', which is not finite.",
                fix="Write the printed number; leave the entry out if there is none.",
            )
        return float(value)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'value'?)`, or nothing."""
    import difflib  # slow to import, and only needed when something is wrong

    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""
