"""Times finer than a day, in whatever way somebody could have written one: to the hour and finer in a column of numbers;
a second's digits, bytes or varint; a time of day in words. And how each is planted, to see that it is found."""

import dataclasses
import re
import struct
from collections.abc import Callable, Iterator

UNITS_SECONDS = (3_600, 60, 1, 1e-3, 1e-6, 1e-9)
DAY_SECONDS = 86_400
CLOCK = re.compile(rb"(?<!\d)[0-2]\d:[0-5]\d:[0-5]\d(?!\d)")
SIGNED = ("header", "certificate")  # columns of Protobuf, whose numbers are varints
COLUMNS = "every column"  # bytes by chance, in which some look like a time of day


@dataclasses.dataclass(frozen=True)
class Left:
    """Rows as omzien-open-store prints them (table, column, row, type, value), and files and logs by name."""

    rows: list[list[str]]
    contents: dict[str, bytes]


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def written(second: int) -> Iterator[bytes]:
    yield str(second).encode()
    for form in (">Q", "<Q"):
        yield struct.pack(form, second)
        yield struct.pack(form, second * 1_000)
    for form in (">I", "<I"):
        yield struct.pack(form, second)


def fine_times(left: Left, begun: float, ended: float) -> list[str]:
    """Where a time stands that lies between these two."""
    seconds = range(int(begun) - 1, int(ended) + 2)
    traces = [trace for second in seconds for trace in written(second)]
    varints = [varint(second) for second in seconds]
    found = []
    for table, column, row, kind, value in left.rows:
        where = f"{table}.{column} of row {row}"
        if kind == "number":
            near = (seconds[0] - DAY_SECONDS, seconds[-1] + DAY_SECONDS)
            if any(near[0] <= int(value) * unit <= near[1] for unit in UNITS_SECONDS):
                found.append(f"{where}: {value}")
        elif column in SIGNED and any(one in bytes.fromhex(value) for one in varints):
            found.append(f"{where}: a second as varint")
    for where, content in left.contents.items():
        found += [f"a second, in {where} at {content.find(trace)}" for trace in traces if trace in content]
        if where != COLUMNS and (clock := CLOCK.search(content)):
            found.append(f"a time of day, in {where}: {clock.group().decode()}")
    return found


def _in_row(column: str, kind: str, value: Callable[[int], str]) -> Callable[[Left, int], Left]:
    return lambda left, second: Left([*left.rows, ["planted", column, "1", kind, value(second)]], left.contents)


def _in_content(where: str, trace: Callable[[int], bytes]) -> Callable[[Left, int], Left]:
    def plant(left: Left, second: int) -> Left:
        return Left(left.rows, left.contents | {where: left.contents.get(where, b"") + trace(second) + b"\x00"})
    return plant


PLANTS: dict[str, Callable[[Left, int], Left]] = {
    "the hour": _in_row("at", "number", lambda second: str(second // 3_600)),
    "the minute": _in_row("at", "number", lambda second: str(second // 60)),
    "the second": _in_row("at", "number", str),
    "the millisecond": _in_row("at", "number", lambda second: str(second * 1_000 + 7)),
    "the microsecond": _in_row("at", "number", lambda second: str(second * 1_000_000 + 7)),
    "the nanosecond": _in_row("at", "number", lambda second: str(second * 1_000_000_000 + 7)),
    "a varint in a header": _in_row("header", "bytes", lambda second: (b"\x08\x01\x10" + varint(second)).hex()),
    "a varint in a certificate": _in_row("certificate", "bytes", lambda second: (b"\x20" + varint(second)).hex()),
    "a clock in the log": _in_content("log", lambda _: b"at 23:59:58 somebody came\n"),
    "a clock in the journal": _in_content("journal", lambda _: b"2026-12-01T07:05:09Z\n"),
    "digits in the log": _in_content("log", lambda second: b"came " + str(second).encode()),
    "digits in a column": _in_content(COLUMNS, lambda second: str(second).encode()),
    **{f"{name} in {where}": _in_content(where, lambda second, form=form, unit=unit: struct.pack(form, second * unit))
       for where in (COLUMNS, "store.db.tombstones")
       for name, form, unit in (("8 bytes, big-endian", ">Q", 1), ("8 bytes, little-endian", "<Q", 1),
                                ("8 bytes of milliseconds, big-endian", ">Q", 1_000),
                                ("8 bytes of milliseconds, little-endian", "<Q", 1_000),
                                ("4 bytes, big-endian", ">I", 1), ("4 bytes, little-endian", "<I", 1))},
}
