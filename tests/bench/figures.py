"""From the raw figures of each part to README's table and the plots: medians of rounds, and medians of each round's
ratios, since both sides of a ratio ran next to each other."""

import json
import pathlib
import statistics

import plots
from svg import number

BEGIN, END = "<!-- figures: written by tests/bench/run -->", "<!-- end of figures -->"


class Figures:
    """The parts that were measured, by name."""

    def __init__(self, folder: pathlib.Path):
        self.parts = {file.stem: json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))}

    def rounds(self, part: str) -> list[dict]:
        return self.parts[part]["rounds"]

    def median(self, part: str, *path: str) -> float:
        return statistics.median(at(one, path) for one in self.rounds(part))

    def ratio(self, part: str, over: tuple, under: tuple) -> float:
        return statistics.median(at(one, over) / at(one, under) for one in self.rounds(part))


def at(round_: dict, path: tuple) -> float:
    for name in path:
        round_ = round_[name]
    return round_


def row(what: str, value: str, beside: str = "", ratio: str = "", aim: str = "") -> str:
    return f"| {what} | {value} | {beside} | {ratio} | {aim} |"


def times(value: float) -> str:
    return f"{value:.2f} ×"


def reports(figures: Figures) -> list[str]:
    def rate(who: str) -> str:
        return f"{number(figures.median('reports', who, 'per_second'))} /s, {number(figures.median('reports', who, 'cpu_us'))} µs CPU"

    def ratio(over: str, under: str) -> str:
        return times(figures.ratio("reports", (over, "per_second"), (under, "per_second")))

    return [row("reports on disk, 1 client", rate("gateway_1"), f"raw, a commit each: {rate('raw_1')}",
                ratio("gateway_1", "raw_1"), "≥ 0.8"),
            row("reports on disk, 8 clients", rate("gateway_8")),
            row("reports on disk, 64 clients", rate("gateway_64"), f"raw, 64 a commit: {rate('raw_64')}",
                ratio("gateway_64", "raw_64"), "≥ 0.6"),
            row("64 clients beside one", "", "", ratio("gateway_64", "gateway_1"), "≥ 2")]


def exchanges(figures: Figures) -> list[str]:
    rows = []
    for what, ours, theirs in (("exchanges, connections open", "gateway", "nginx"),
                               ("new TLS connections, an exchange each", "gateway_connections", "nginx_connections")):
        def said(who: str) -> str:
            return f"{number(figures.median('exchanges', who, 'per_second'))} /s, {number(figures.median('exchanges', who, 'cpu_us'))} µs CPU"
        rows.append(row(what, said(ours), f"nginx: {said(theirs)}",
                        times(figures.ratio("exchanges", (ours, "per_second"), (theirs, "per_second"))), "≥ 1.0"))
        rows.append(row("· by processor time", "", "",
                        times(figures.ratio("exchanges", (theirs, "cpu_us"), (ours, "cpu_us"))), "≥ 1.0"))
    return rows


def pages(figures: Figures) -> list[str]:
    rows = []
    found = figures.parts["pages"]["pages"]
    for name, one in found.items():
        if name.startswith("nginx"):
            continue
        rows.append(row(f"{number(one['pages'])} open pages, pace {name}",
                        f"{number(one['exchanges_per_second'])} exchanges/s, {one['errors']} errors, "
                        f"{one['reports_done']} reports",
                        f"beyond the tick: median {number(one['late_ms']['p50'])} ms",
                        f"99th: {number(one['late_ms']['p99'])} ms", "≤ 250 ms"))
    ours, theirs = found["at 10 s"], found["nginx at 10 s"]
    return [*rows, row("memory of an open page", f"{number(ours['kib_per_page'])} KiB",
                       f"nginx: {number(theirs['kib_per_page'])} KiB",
                       times(ours["kib_per_page"] / theirs["kib_per_page"]) if theirs["kib_per_page"] else "")]


def growth(figures: Figures) -> list[str]:
    stores = figures.parts["growth"]["stores"]
    sizes = [str(one["cases"]) for one in stores]
    rows = []
    for what in ("open", "append", "read", "inbox"):
        medians = ", ".join(f"{number(figures.median('growth', size, what))}" for size in sizes)
        rows.append(row(f"{what}, µs at {', '.join(f'{int(size):,}' for size in sizes)} cases", medians, "",
                        times(figures.ratio("growth", (sizes[-1], what), (sizes[0], what))), "≤ 1.2"))
    rows.append(row("database bytes a case", ", ".join(number(one["bytes_per_case"]) for one in stores)))
    rows.append(row("opening the store, ms", ", ".join(number(1000 * one["opening_seconds"]) for one in stores)))
    if all("backup_seconds" in one for one in stores):
        rows.append(row("backup, s", ", ".join(number(one["backup_seconds"]) for one in stores)))
    return rows


def browser(figures: Figures) -> list[str]:
    rows = [row(f"program `{name}`, all of it", f"{size['brotli']:,} bytes brotli", f"{size['gzip']:,} gzip", "",
                f"≤ {size['budget']:,}") for name, size in figures.parts["browser"]["bytes"].items()]
    for phone in figures.rounds("browser")[0]:
        medians = [f"{what.replace('_', ' ')} {number(figures.median('browser', phone, what))} ms"
                   for what in ("first_screen", "seal", "open")]
        rows.append(row(f"a phone, {phone}", ", ".join(medians)))
    return rows


def build(figures: Figures) -> list[str]:
    found = figures.parts["build"]
    rows = []
    if "clean_seconds" in found:
        rows = [row("clean build", f"{number(found['clean_seconds'])} s"),
                row("build, nothing changed", f"{number(found['nothing_changed_seconds'])} s")]
        rows += [row(f"build, `{name}` changed", f"{number(took)} s") for name, took in found["changed_seconds"].items()]
    return rows + [row(f"a file with {name}", f"{number(one['cpu_seconds'])} s CPU, {one['lines']:,} lines")
                   for name, one in found["headers"].items()]


def tests(figures: Figures) -> list[str]:
    found = figures.parts["tests"]
    return [row(f"all {found['tests']:,} tests", f"{number(found['seconds'])} s", "", "", "≤ 900 s"),
            *(row(f"· `{name}`", f"{number(seconds)} s") for name, seconds in found["slowest"].items())]


TABLES = {"reports": reports, "exchanges": exchanges, "pages": pages, "growth": growth, "browser": browser, "build": build,
          "tests": tests}


def table(figures: Figures) -> str:
    lines = []
    for name, rows in TABLES.items():
        if name not in figures.parts:
            continue
        part = figures.parts[name]
        lines += [f"### {name}", "", f"Load of the machine before: {part['load_before']}; took {part['took_seconds']} s on "
                  f"{part['machine']['cores']} cores of {part['machine']['processor']}, {part['machine']['system']}.", ""]
        lines += ["| what | here | beside it | ratio | aim |", "|---|---|---|---|---|", *rows(figures), ""]
        lines += [f"![{name}]({name}.svg)", ""] if name in plots.PLOTS else []
    return "\n".join(lines)


def write(kept: pathlib.Path, beside: pathlib.Path | None) -> None:
    """Prints the tables; with `beside` also writes them into its README, and the plots next to it."""
    figures = Figures(kept)
    text = table(figures)
    print(text)
    drawn = {name: plot(figures) for name, plot in plots.PLOTS.items() if name in figures.parts}
    if beside is None:
        return
    for name, svg in drawn.items():
        (beside / f"{name}.svg").write_text(svg)
    readme = beside / "README.md"
    before, rest = readme.read_text().split(BEGIN)
    readme.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{rest.split(END)[1]}")
