#!/usr/bin/env python3
"""The word lists of the access phrase keep their rules, and stay as they were frozen.

    python3 tests/crypto/open/words_test.py [FOLDER]   (FOLDER: another crypto/open/words)
"""
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "crypto/open/words"
COUNT = 7776
SHAPE = re.compile(r"[a-z]{3,10}")
FROZEN = {
    "nl-1.txt": "cdb268bb38769b7b0789235925f1a8f1f36bbe57795169f8ba836fbea064934c",
    "en-1.txt": "2bbfe3ec6abfb0c49695562e61164ca3b1a747bfd3fa48154a3eaea18f522331",
}


def slip(a, b):
    """One insertion, deletion, substitution or swap of neighbours apart."""
    if len(a) == len(b):
        at = [i for i in range(len(a)) if a[i] != b[i]]
        return len(at) == 1 or (len(at) == 2 and at[1] == at[0] + 1
                                and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]])
    if len(a) > len(b):
        a, b = b, a
    return len(b) - len(a) == 1 and any(b[:i] + b[i + 1:] == a for i in range(len(b)))


def slips(words):
    """All pairs a slip apart: two such words share a form with at most one letter left out."""
    forms = {}
    for word in words:
        for form in {word} | {word[:i] + word[i + 1:] for i in range(len(word))}:
            forms.setdefault(form, []).append(word)
    return sorted({(a, b) for group in forms.values() if len(group) > 1
                   for a in group for b in group if a < b and slip(a, b)})


def failures(name):
    data = (FOLDER / name).read_bytes()
    words = data.decode("ascii", "replace").split("\n")
    if words.pop() != "":
        yield "the last line has no line end"
    if len(words) != COUNT:
        yield f"{len(words)} words, not {COUNT}"
    for word in words:
        if not SHAPE.fullmatch(word):
            yield f"{word!r} is not 3 to 10 letters a-z"
    for before, word in zip(words, words[1:]):
        if before == word:
            yield f"{word!r} stands there twice"
        elif before > word:
            yield f"{word!r} comes after {before!r}: not sorted by bytes"
    for a, b in slips(set(words)):
        yield f"{a!r} and {b!r} are one typing slip apart"
    deny = FOLDER / "build" / f"deny-{name[:2]}.txt"
    for word in sorted(set(words) & set(deny.read_text(encoding="ascii").split())):
        yield f"{word!r} is on {deny.name}"
    digest = hashlib.sha256(data).hexdigest()
    if digest != FROZEN[name]:
        yield f"sha256 is {digest}, frozen as {FROZEN[name]}: make a new version instead"
    if digest not in (FOLDER / "README.md").read_text(encoding="utf-8"):
        yield f"README.md does not name its sha256 {digest}"


def main():
    assert slip("boom", "boot") and slip("boom", "bom") and slip("form", "from")
    assert not slip("boom", "boom") and not slip("boom", "bord")
    failed = 0
    for name in FROZEN:
        found = list(failures(name))
        for failure in found:
            print(f"{name}: {failure}")
        print(f"{name}: {'FAILED' if found else 'ok'}")
        failed += bool(found)
    print(f"{len(FROZEN) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
