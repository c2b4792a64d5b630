#!/usr/bin/env python3
"""Judges `interlock index --references` by an oracle: precision and recall of cross-file pairs, for sets of grades.

    script/bench references --oracle TRUTH.tsv {--links LINKS.tsv | --repo DIR} [--only kinds|members] [--show N]

Both tables have the columns use_file, line, column, name, def_file, def_line, def_qualname, kind, via, enclosing; the
links have the grade as an eleventh. A pair is (use_file, name, def_file) of different files. With --only kinds, links to
kinds of definitions that the truth never names are not judged; with --only members, truth of recall are the rows whose
ninth column is 1 (members, as a type checker says). Prints TSV: grades, links, truth, found, precision, recall.
"""
import argparse
import os
import subprocess
import sys
import tempfile

SETS = (("X I P", {"X", "I", "P"}), ("M1", {"M1"}), ("X I P M1", {"X", "I", "P", "M1"}))
# What other tools call our kinds: numbers of the language server protocol, and words of syntax trees.
KINDS = {
    "class": ("5", "class"), "struct": ("23", "5"), "type": ("5", "TypeAlias"), "method": ("6", "function", "Method"),
    "constructor": ("9",), "enum": ("10", "Enum"), "function": ("12", "6", "9", "function", "Function", "Variable"),
    "interface": ("Interface",), "variable": ("variable", "Variable"), "field": ("variable", "Property", "EnumMember"),
    "module": ("Module",), "constant": ("variable",),
}


def last(name):
    return name.split("::")[-1].split("<")[0]


def rows(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as table:
        for line in table:
            yield line.rstrip("\n").split("\t")


def pairs(table):
    out = {}
    for row in table:
        if row[0] != row[4]:
            out.setdefault((row[0], last(row[3]), row[4]), row)
    return out


def links_of(arguments, scratch):
    if arguments.links:
        return arguments.links
    out = os.path.join(scratch, "links.tsv")
    program = os.environ.get("INTERLOCK", "interlock")
    subprocess.run([program, "index", "--repo", arguments.repo, "--quiet", "--references", out],
                   check=True, stdout=subprocess.DEVNULL)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oracle", required=True)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--links")
    source.add_argument("--repo")
    parser.add_argument("--only", choices=("kinds", "members"), action="append", default=[])
    parser.add_argument("--last-of-paths", metavar="DIR", help="sources: names before `::` are not judged, as the oracle"
                        " sees the last name of a path only")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="false and missed pairs on standard error")
    arguments = parser.parse_args()

    oracle = list(rows(arguments.oracle))
    known = {row[0] for row in oracle} | {row[4] for row in oracle}
    named = {row[7] for row in oracle}
    truth = pairs(oracle)
    wanted = {pair for pair, row in truth.items() if "members" not in arguments.only or row[8] == "1"}
    if "members" not in arguments.only and any(row[8] in ("0", "1") for row in oracle):
        wanted = {pair for pair, row in truth.items() if row[8] == "0"}

    sources = {}

    def inside_path(row):
        if row[0] not in sources:
            with open(os.path.join(arguments.last_of_paths, row[0]), "rb") as source:
                sources[row[0]] = source.read().split(b"\n")
        end = int(row[2]) + len(row[3].encode())
        return sources[row[0]][int(row[1]) - 1][end:].startswith(b"::")

    def judged(row):
        if row[0] not in known or row[4] not in known:
            return False  # the oracle did not look there
        if arguments.last_of_paths and inside_path(row):
            return False
        return "kinds" not in arguments.only or any(kind.startswith(name) for kind in named
                                                    for name in KINDS.get(row[7], (row[7],)))

    with tempfile.TemporaryDirectory() as scratch:
        links = [row for row in rows(links_of(arguments, scratch)) if judged(row)]
    print("grades\tlinks\ttruth\tfound\tprecision\trecall")
    sure = set(pairs(row for row in links if row[10] in SETS[0][1]))
    for name, grades in SETS:
        ours = pairs(row for row in links if row[10] in grades)
        if name == "M1":
            ours = {pair: row for pair, row in ours.items() if pair not in sure}
        right = set(ours) & set(truth)
        found = set(ours) & wanted
        print(f"{name}\t{len(ours)}\t{len(wanted)}\t{len(found)}\t{len(right) / max(1, len(ours)):.4f}\t"
              f"{len(found) / max(1, len(wanted)):.4f}")
        for title, which, table in (("false", set(ours) - set(truth), ours), ("missed", wanted - set(ours), truth)):
            for pair in sorted(which)[:arguments.show]:
                print(name, title, *table[pair], sep="\t", file=sys.stderr)


if __name__ == "__main__":
    main()
