#!/usr/bin/env python3
"""Turns the rules (proto/rules/*.toml) into source, so that no language repeats them by hand.

usage: generate_rules.py [--cpp OUT.h] [--ts OUT.ts] RULES_FOLDER
"""

import argparse
import itertools
import pathlib
import sys
import tomllib


def pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


def read_rules(folder: pathlib.Path) -> dict:
    """Merges the files' tables; a table or a key that stands in two files is a mistake."""
    rules: dict = {}
    for path in sorted(folder.glob("*.toml")):
        for table, content in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if isinstance(content, list):
                rules.setdefault(table, []).extend(content)
                continue
            target = rules.setdefault(table, {})
            for key, value in content.items():
                if key in target:
                    sys.exit(f"{path.name}: {table}.{key} is already there")
                target[key] = value
    return rules


def check(rules: dict) -> None:
    """What must hold for the tables as such; what the numbers mean is for the readers' tests."""
    for key, tag in rules["tags"].items():
        if not tag.isascii() or not tag.isprintable() or " " in tag:
            sys.exit(f"tag {key}: printable ASCII without spaces")
    if len(set(rules["tags"].values())) != len(rules["tags"]):
        sys.exit("two tags are the same")
    for enum, members in rules["enums"].items():
        if len(set(members.values())) != len(members):
            sys.exit(f"{enum}: a number stands twice")
    check_transitions(rules)


def check_transitions(rules: dict) -> None:
    """Names that exist, and at most one row for any step: two could disagree."""
    enums, seen = rules["enums"], set()
    for step in rules["transitions"]:
        if ("event" in step) == ("entry" in step):
            sys.exit(f"a transition is of an event or of an entry: {step}")
        named = {"CaseState": step["from"] + listed(step.get("to", [])), "CaseKind": step["kinds"],
                 "StepRole": step["by"], "Need": listed(step.get("needs", "none")),
                 "EventKind": listed(step.get("event", [])), "EntryKind": listed(step.get("entry", []))}
        for enum, names in named.items():
            for name in names:
                if name not in enums[enum]:
                    sys.exit(f"transition with {enum} {name!r}")
        what = step.get("event", "") + "/" + step.get("entry", "")
        named_by_event = step.get("to") if isinstance(step.get("to"), list) else ["any"]
        for one in itertools.product([what], step["by"], step["from"], step["kinds"], named_by_event):
            if one in seen:
                sys.exit(f"two transitions for {one}")
            seen.add(one)
    if set(rules["event_rules"]) != set(enums["EventKind"]):
        sys.exit("event_rules and EventKind differ")


def listed(names: list[str] | str) -> list[str]:
    return [names] if isinstance(names, str) else names


def cpp_enum(enum: str, members: dict) -> list[str]:
    width = max(len(pascal(m)) for m in members)
    lines = [f"enum class {enum} : std::uint32_t {{"]
    lines += [f"  k{pascal(m):<{width}} = {n}," for m, n in members.items()]
    lines += ["};", f"inline constexpr Named<{enum}> k{enum}Names[] = {{"]
    lines += [f'    {{{enum}::k{pascal(m)}, "{m}"}},' for m in members]
    lines += [
        "};",
        f"constexpr std::string_view name_of({enum} value) {{ return name_in(k{enum}Names, value); }}",
        f"constexpr std::optional<{enum}> {snake(enum)}_named(std::string_view name) {{",
        f"  return named_in<{enum}>(k{enum}Names, name);",
        "}",
        f"constexpr std::optional<{enum}> {snake(enum)}_of(std::uint32_t number) {{",
        f"  return number_in<{enum}>(k{enum}Names, number);",
        "}",
        "",
    ]
    return lines


def cpp_set(enum: str, names: list[str] | str) -> str:
    """A set of enum members as a bit mask; every enum used so has numbers below 32."""
    return " | ".join(f"bit({enum}::k{pascal(n)})" for n in listed(names)) or "0"


def cpp_transitions(steps: list[dict]) -> list[str]:
    lines = [
        "// One row of the table of states: who may take which step from where to where. Sets are bit masks,",
        "// see bit(); by: StepRole, from and to: CaseState (to 0: it stays), kinds: CaseKind, needs: Need (all of",
        "// them).",
        "struct Transition {",
        "  EntryKind entry;",
        "  EventKind event;  // of an event; otherwise 0",
        "  std::uint32_t by, from, to, kinds, needs;",
        "};",
        "inline constexpr Transition kTransitions[] = {",
    ]
    for step in steps:
        event = f"EventKind::k{pascal(step['event'])}" if "event" in step else "EventKind{}"
        lines += [
            f"    {{EntryKind::k{pascal(step.get('entry', 'event'))}, {event},",
            f"     {cpp_set('StepRole', step['by'])},",
            f"     {cpp_set('CaseState', step['from'])},",
            f"     {cpp_set('CaseState', step.get('to', []))},",
            f"     {cpp_set('CaseKind', step['kinds'])},",
            f"     {cpp_set('Need', step.get('needs', 'none'))}}},",
        ]
    return lines + ["};", ""]


def cpp_event_rules(events: dict) -> list[str]:
    lines = [
        "// Where an event may stand (a mask of compartments), and whether the other side is awaited after it.",
        "struct EventRule {",
        "  EventKind event;",
        "  std::uint32_t compartments;",
        "  bool turn;",
        "};",
        "inline constexpr EventRule kEventRules[] = {",
    ]
    for event, rule in events.items():
        places, turn = cpp_set("Compartment", rule["in"]), "true" if rule["turn"] else "false"
        lines.append(f"    {{EventKind::k{pascal(event)}, {places}, {turn}}},")
    return lines + ["};", ""]


CPP_HEAD = """\
// Made by proto/generate_rules.py from proto/rules/*.toml; do not edit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace omzien::rules {

template <class E>
struct Named {
  E value;
  std::string_view name;
};
template <class E>
constexpr std::string_view name_in(std::span<const Named<E>> table, E value) {
  for (const auto& row : table)
    if (row.value == value) return row.name;
  return "unknown";
}
template <class E, std::size_t N>
constexpr std::string_view name_in(const Named<E> (&table)[N], E value) {
  return name_in(std::span<const Named<E>>(table), value);
}
template <class E>
constexpr std::optional<E> named_in(std::span<const Named<E>> table, std::string_view name) {
  for (const auto& row : table)
    if (row.name == name) return row.value;
  return std::nullopt;
}
template <class E>
constexpr std::optional<E> number_in(std::span<const Named<E>> table, std::uint32_t number) {
  for (const auto& row : table)
    if (static_cast<std::uint32_t>(row.value) == number) return row.value;
  return std::nullopt;
}
template <class E>
constexpr std::uint32_t bit(E value) {
  return std::uint32_t{1} << static_cast<std::uint32_t>(value);
}
"""


def cpp(rules: dict) -> str:
    out = [CPP_HEAD]
    out.append("// Domain tags, each with its closing 0x00.")
    for key, tag in rules["tags"].items():
        out.append(f'inline constexpr std::string_view kTag{pascal(key)}{{"{tag}\\0", {len(tag) + 1}}};')
    out.append("")
    for key, value in rules["constants"].items():
        out.append(f"inline constexpr std::uint32_t k{pascal(key)} = {value};")
    for table in ("sizes", "limits"):
        for key, value in rules[table].items():
            out.append(f"inline constexpr std::size_t k{pascal(key)} = {value};")
    for key, value in rules["terms"].items():
        out.append(f"inline constexpr std::uint32_t k{pascal(key)} = {value};")
    out.append("")
    for enum, members in rules["enums"].items():
        out += cpp_enum(enum, members)
    out += cpp_event_rules(rules["event_rules"])
    out += cpp_transitions(rules["transitions"])
    out.append("// Compartments that come with a grant at opening, by the role it is for.")
    for role, compartments in rules["opening"].items():
        listed = ", ".join(f"Compartment::k{pascal(c)}" for c in compartments)
        out.append(f"inline constexpr Compartment kOpening{pascal(role)}[] = {{{listed}}};")
    return "\n".join(out + ["", "}  // namespace omzien::rules", ""])


TS_HEAD = """\
// Made by proto/generate_rules.py from proto/rules/*.toml; do not edit.
//
// A table's type lists the numbers this program knows. They are open: a value that was parsed may be another.

function nameIn(table: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(table).find((name) => table[name] === value) ?? 'unknown';
}
function namedIn<N extends number>(table: Readonly<Record<string, N>>, name: string): N | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
function numberIn<N extends number>(table: Readonly<Record<string, N>>, number: number): N | undefined {
  return Object.values(table).find((value) => value === number);
}
// A number of a set that is kept as a mask.
export const bit = (value: number): number => 1 << value;
"""


def camel(name: str) -> str:
    return pascal(name)[0].lower() + pascal(name)[1:]


def ts_enum(enum: str, members: dict) -> list[str]:
    """The names in the table are those of the rules, so that they can be shown and read as they stand."""
    function = camel(snake(enum))
    lines = [f"export const {enum} = {{"]
    lines += [f"  {m}: {n}," for m, n in members.items()]
    lines += [
        "} as const;",
        f"export type {enum} = (typeof {enum})[keyof typeof {enum}];",
        f"export const {function}Name = (value: {enum}): string => nameIn({enum}, value);",
        f"export const {function}Named = (name: string): {enum} | undefined => namedIn({enum}, name);",
        f"export const {function}Of = (number: number): {enum} | undefined => numberIn({enum}, number);",
        "",
    ]
    return lines


def ts_list(enum: str, names: list[str] | str) -> str:
    return "[" + ", ".join(f"{enum}.{n}" for n in listed(names)) + "]"


def ts_set(enum: str, names: list[str] | str) -> str:
    return " | ".join(f"bit({enum}.{n})" for n in listed(names)) or "0"


def ts_transitions(steps: list[dict]) -> list[str]:
    lines = [
        "// One row of the table of states: who may take which step from where to where. Sets are bit masks, see bit();",
        "// by: StepRole, from and to: CaseState (to 0: it stays), kinds: CaseKind, needs: Need (all of them).",
        "export interface Transition {",
        "  readonly entry: EntryKind;",
        "  readonly event: EventKind | 0; // of an event; otherwise 0",
        "  readonly by: number;",
        "  readonly from: number;",
        "  readonly to: number;",
        "  readonly kinds: number;",
        "  readonly needs: number;",
        "}",
        "export const kTransitions: readonly Transition[] = [",
    ]
    for step in steps:
        lines += [
            "  {",
            f"    entry: EntryKind.{step.get('entry', 'event')},",
            f"    event: {'EventKind.' + step['event'] if 'event' in step else 0},",
            f"    by: {ts_set('StepRole', step['by'])},",
            f"    from: {ts_set('CaseState', step['from'])},",
            f"    to: {ts_set('CaseState', step.get('to', []))},",
            f"    kinds: {ts_set('CaseKind', step['kinds'])},",
            f"    needs: {ts_set('Need', step.get('needs', 'none'))},",
            "  },",
        ]
    return lines + ["];", ""]


def ts_event_rules(events: dict) -> list[str]:
    lines = [
        "// Where an event may stand (a mask of compartments), and whether the other side is awaited after it.",
        "export interface EventRule {",
        "  readonly event: EventKind;",
        "  readonly compartments: number;",
        "  readonly turn: boolean;",
        "}",
        "export const kEventRules: readonly EventRule[] = [",
    ]
    for event, rule in events.items():
        places, turn = ts_set("Compartment", rule["in"]), "true" if rule["turn"] else "false"
        lines.append(f"  {{ event: EventKind.{event}, compartments: {places}, turn: {turn} }},")
    return lines + ["];", ""]


def ts(rules: dict) -> str:
    out = [TS_HEAD]
    out.append("// Domain tags, each with its closing 0x00.")
    for key, tag in rules["tags"].items():
        out.append(f"export const kTag{pascal(key)} = '{tag}\\0';")
    out.append("")
    for table in ("constants", "sizes", "limits", "terms"):
        for key, value in rules[table].items():
            out.append(f"export const k{pascal(key)} = {value};")
    out.append("")
    for enum, members in rules["enums"].items():
        out += ts_enum(enum, members)
    out += ts_event_rules(rules["event_rules"])
    out += ts_transitions(rules["transitions"])
    out.append("// Compartments that come with a grant at opening, by the role it is for.")
    for role, compartments in rules["opening"].items():
        listed = ts_list("Compartment", compartments)
        out.append(f"export const kOpening{pascal(role)}: readonly Compartment[] = {listed};")
    return "\n".join(out + [""])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cpp", type=pathlib.Path)
    parser.add_argument("--ts", type=pathlib.Path)
    parser.add_argument("rules", type=pathlib.Path)
    arguments = parser.parse_args()
    rules = read_rules(arguments.rules)
    check(rules)
    for path, language in ((arguments.cpp, cpp), (arguments.ts, ts)):
        if path is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(language(rules), encoding="utf-8")


if __name__ == "__main__":
    main()
