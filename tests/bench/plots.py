"""One plot a part, from the same medians as the table."""

from svg import bars


def reports(figures) -> str:
    rows = [("gateway, 1 client", "gateway_1"), ("raw SQLCipher, a commit each", "raw_1"),
            ("gateway, 8 clients", "gateway_8"), ("gateway, 64 clients", "gateway_64"),
            ("raw SQLCipher, 64 a commit", "raw_64")]
    return bars("Reports on disk per second", "signatures checked, fsynced, answered; raw: the same bytes in one table",
                [(label, figures.median("reports", who, "per_second"), "theirs" if who.startswith("raw") else "ours")
                 for label, who in rows])


def exchanges(figures) -> str:
    rows = [("gateway, connections open", "gateway"), ("nginx", "nginx"),
            ("gateway, new connections", "gateway_connections"), ("nginx", "nginx_connections")]
    return bars("Exchanges per second, TLS 1.3, one core", "16,384 bytes each way; the load generator has the other core",
                [(label, figures.median("exchanges", who, "per_second"), "theirs" if label == "nginx" else "ours")
                 for label, who in rows])


def pages(figures) -> str:
    found = figures.parts["pages"]["pages"]
    rows = [(f"{name}, {part}", one["late_ms"][part], "ours") for name, one in found.items()
            if not name.startswith("nginx") for part in ("p50", "p99")]
    return bars(f"{found['at 10 s']['pages']:,} open pages: milliseconds beyond the tick",
                "from a request's last byte to its answer's", rows, aim=250)


def growth(figures) -> str:
    sizes = [str(one["cases"]) for one in figures.parts["growth"]["stores"]]
    rows = [(f"{what}, {int(size):,} cases", figures.median("growth", size, what) /
             figures.median("growth", sizes[0], what), "theirs" if size == sizes[0] else "ours")
            for what in ("open", "append", "read", "inbox") for size in sizes]
    return bars("Growth: the time of an operation", "times what it took in the smallest store", rows, aim=1.2)


def browser(figures) -> str:
    rows = [(f"{what}, {phone}", figures.median("browser", phone, what), "ours")
            for what in ("first_screen", "seal", "open") for phone in figures.rounds("browser")[0]]
    return bars("The reporter's app: milliseconds", "first screen: until it shows; seal and open: computing",
                [(label.replace("_", " "), value, whose) for label, value, whose in rows])


def build(figures) -> str:
    rows = [(f"a file with {name}", one["cpu_seconds"], "theirs" if name == "nothing" else "ours")
            for name, one in figures.parts["build"]["headers"].items()]
    return bars("What a header costs: a file that includes nothing else", "seconds of the processor, -O2, no compiler cache", rows)


PLOTS = {"reports": reports, "exchanges": exchanges, "pages": pages, "growth": growth, "browser": browser, "build": build}
