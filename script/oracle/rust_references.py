#!/usr/bin/env python3
"""References of a Rust crate as the compiler resolves them, to measure links against.

    script/oracle/rust_references.py ROOT ROOT_FILE [RUSTDOC_OPTION]... >oracle.tsv
    script/oracle/rust_references.py . src/lib.rs --edition 2021 --cfg 'feature="std"'

rustdoc resolves the crate and links every name of its source pages to where it is defined (an option that stable
rustdoc allows when RUSTC_BOOTSTRAP is set); this reads the pages. Files are named relative to ROOT. A row for each link
into the same crate: use_file, line, column (from 0, in characters), name, def_file, def_line, def_qualname (the last
part only: pages do not say more), kind ("module" of a file as such, else "name"), member or name, enclosing (empty); separated by tabs. Of a path `a::b::C` rustdoc links the last name only: before `::` its silence says nothing.
"""
import html.parser
import os
import pathlib
import posixpath
import re
import subprocess
import sys
import tempfile
import urllib.parse


class Page(html.parser.HTMLParser):
    """The text of a source page, and its links: (line, column, name, target, whether a dot is before it)."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.in_code = False
        self.link = None
        self.skip = False
        self.line, self.column, self.before = 1, 0, ""
        self.links = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "code":
            self.in_code = True
        if not self.in_code or tag != "a":
            return
        if "data-nosnippet" in attributes:  # a line number
            self.skip = True
        else:
            self.link = [self.line, self.column, "", attributes.get("href", ""), self.before.rstrip()[-1:] == "."]

    def handle_endtag(self, tag):
        if tag == "code":
            self.in_code = False
        if tag == "a":
            if self.link:
                self.links.append(self.link)
            self.link, self.skip = None, False

    def handle_data(self, data):
        if not self.in_code or self.skip:
            return
        if self.link:
            self.link[2] += data
        for part in re.split("(\n)", data):
            if part == "\n":
                self.line, self.column, self.before = self.line + 1, 0, ""
            else:
                self.column += len(part)
                self.before = (self.before + part)[-200:]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    root, first, options = os.path.realpath(sys.argv[1]), sys.argv[2], sys.argv[3:]
    source = posixpath.dirname(first)
    rows, pages = set(), 0
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["rustdoc", "--crate-name", "measured", "-Zunstable-options", "--generate-link-to-definition",
             "--document-private-items", "--cap-lints", "allow", "-o", scratch, first, *options],
            check=True, cwd=root, env={**os.environ, "RUSTC_BOOTSTRAP": "1"}, stdout=sys.stderr)
        top = pathlib.Path(scratch, "src", "measured")
        for path in sorted(top.rglob("*.rs.html")):
            page = Page()
            page.feed(path.read_text(encoding="utf-8"))
            pages += 1
            here = path.relative_to(top).as_posix()
            for line, column, name, target, member in page.links:
                address, _, place = target.partition("#")
                number = re.match(r"\d+", place)
                if "://" in address or not number or not re.fullmatch(r"[A-Za-z_]\w*!?", name):
                    continue
                to = posixpath.normpath(posixpath.join(posixpath.dirname(here), urllib.parse.unquote(address))) if address else here
                if to.startswith("..") or not to.endswith(".rs.html"):
                    continue
                plain = name.rstrip("!")
                if plain in ("self", "Self", "crate", "super"):
                    continue
                module = posixpath.basename(to)[:-8] == plain or to.endswith(f"/{plain}/mod.rs.html")
                rows.add("\t".join([
                    posixpath.join(source, here[:-5]), str(line), str(column), plain, posixpath.join(source, to[:-5]),
                    number[0], plain, "module" if module and number[0] == "1" else "name", "member" if member else "name", ""]))
    print("\n".join(sorted(rows)))
    print(f"{pages} files, {len(rows)} rows", file=sys.stderr)


main()
