"""A visit as numbers, as somebody on the line could count and time it. Each number has a name, so that a difference can
be said."""

import itertools
import statistics

from recording import Piece, Recording, Request

FIN, SYN, RST = 1, 2, 4  # TCP's flags


def spread(name: str, values: list[float]) -> dict[str, float]:
    if not values:
        return {f"{name} {part}": 0.0 for part in ("mean", "median", "least", "most", "deviation")}
    return {f"{name} mean": statistics.fmean(values), f"{name} median": statistics.median(values),
            f"{name} least": min(values), f"{name} most": max(values), f"{name} deviation": statistics.pstdev(values)}


def of_requests(requests: list[Request]) -> dict[str, float]:
    begun = [one.begun for one in requests]
    return {
        "requests": len(requests),
        **spread("interval", [later - earlier for earlier, later in zip(begun, begun[1:], strict=False)]),
        **spread("time to answer", [one.answered - one.ended for one in requests]),
        **spread("time to send", [one.ended - one.begun for one in requests]),
        **spread("time to receive", [one.answer_ended - one.answered for one in requests]),
        **spread("bytes up", [one.up_bytes for one in requests]),
        **spread("bytes down", [one.down_bytes for one in requests]),
    }


def of_pieces(name: str, pieces: list[Piece]) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for way, up in (("up", True), ("down", False)):
        sizes = [one.bytes for one in pieces if one.up == up]
        numbers[f"{name} {way}"] = len(sizes)
        numbers[f"{name} {way} in all"] = sum(sizes)
        numbers.update(spread(f"{name} {way} size", [float(size) for size in sizes]))
    return numbers


def on_the_wire(recording: Recording, opened: float) -> dict[str, float]:
    """From the bytes a proxy passed on, since the page was there."""
    pieces = [one for one in recording.pieces if one.at >= opened]
    return {"connections": recording.connections, **of_requests(recording.bursts(pieces)), **of_pieces("pieces", pieces)}


def in_packets(recording: Recording, opened: float) -> dict[str, float]:
    packets = [one for one in recording.packets if one.at >= opened]
    bare = [one for one in recording.bare if one.at >= opened]
    acknowledged = [one for one in bare if not one.flags & (FIN | SYN | RST)]
    pauses = [later.at - earlier.at for earlier, later in itertools.pairwise(acknowledged)]
    return {**of_requests(recording.bursts(packets)), **of_pieces("packets", packets),
            **of_pieces("acknowledgements", acknowledged), **spread("between acknowledgements", pauses),
            **{f"{name} {way}": sum(1 for one in [*packets, *bare] if one.flags & flag and one.up == up)
               for name, flag in (("opens", SYN), ("ends", FIN), ("breaks off", RST))
               for way, up in (("up", True), ("down", False))}}
