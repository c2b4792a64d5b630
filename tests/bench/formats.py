#!/usr/bin/env python3
"""Counts the tasks, dependencies, parallel marks and finished tasks of other tools' files twice: as interlock reads
them, and with Python's json, PyYAML and markdown-it. TSV: format, file, ours, independent, equal; a count is
items/dependencies/parallel/done. Exit 1 when any two differ.

  script/bench formats --data DIR      DIR/FORMAT/*, FORMAT a folder named after its format
  script/bench formats FORMAT FILE...  files of one format
"""
import json
import os
import re
import subprocess
import sys

import yaml
from markdown_it import MarkdownIt

PROGRAM = os.environ.get("INTERLOCK", "build/bench/interlock")
FOLDERS = {"spec-kit": "spec-kit", "ccpm": "ccpm", "beads": "beads", "taskmaster": "taskmaster", "gsd-plan": "gsd",
           "superpowers-plan": "superpowers", "coordinate-agents": "coordinate-agents"}
DONE = {"closed", "completed", "complete", "done"}


def ours(path):
    """A file without a task of its own is no mistake: the answer is empty then."""
    run = subprocess.run([PROGRAM, "check", "--quiet", "--format", "json", path], capture_output=True)
    if run.returncode == 2 and b"no work order found" in run.stderr:
        return 0, 0, 0, 0
    if run.returncode not in (0, 1):
        return run.stderr.decode(errors="replace").strip().split("\n")[0]
    answer = json.loads(run.stdout)
    read = answer["readings"]
    depends = [r for r in read if r["as"].split(",")[0] == "depends_on" and r["text"] != "none"
               and not r["text"].startswith("external:")]
    parallel = [r for r in read if r["as"] == "parallel" and not r["text"].lower().endswith(("false", "no"))]
    done = [o for o in answer["work_orders"] if o["status"] == "done"]
    return len(answer["work_orders"]), len(depends), len(parallel), len(done)


def inline_texts(text, kind):
    """The inline text behind every opening token of that kind."""
    tokens = MarkdownIt().parse(text)
    for i, token in enumerate(tokens):
        if token.type != kind:
            continue
        for follower in tokens[i + 1:i + 4]:
            if follower.type == "inline":
                yield follower.content.split("\n")[0]
                break


def front_matter(text):
    match = re.match(r"\ufeff?---\r?\n(.*?)\r?\n---", text, re.S)
    try:
        return yaml.safe_load(match.group(1)) if match else {}
    except yaml.YAMLError:  # "name: a: b" is no YAML, and scripts read it all the same
        return dict(re.findall(r"^([a-z_]+): *(.*)$", match.group(1), re.M))


def as_list(value):
    if isinstance(value, str):
        value = value.strip("[]").split(",")
    return [str(v).strip() for v in value or [] if str(v).strip()]


def spec_kit(text, _):
    tasks = [t for t in inline_texts(text, "list_item_open") if re.match(r"\[.\] \**\[?T-?\d+[a-z]?\b", t)]
    depends = 0
    for task in tasks:
        for phrase in re.findall(r"(?:depends on|blocked by|after|requires)[: ]+((?:T\d+(?:, | and |-)?)+)", task, re.I):
            for item in re.findall(r"T(\d+)(?:-T(\d+))?", phrase):
                depends += int(item[1]) - int(item[0]) + 1 if item[1] else 1
    marks = [t for t in tasks if re.match(r"\[.\] \**\[?T-?\d+[a-z]?\]?\**:? (\[[^\]]*\] )*?\[P\]", t)]
    return len(tasks), depends, len(marks), len([t for t in tasks if t[1] in "xX"])


def ccpm(text, path):
    fields = front_matter(text) or {}
    if os.path.basename(path).endswith("-analysis.md"):
        streams = [h for h in inline_texts(text, "heading_open") if re.match(r"(Parallel )?Stream [A-Z0-9]+\b", h)]
        depends = len(re.findall(r"^\*\*Dependencies\*\*:.*\bStream [A-Z]\b", text, re.M))
        done = [h for h in streams if "COMPLETED" in h or "\u2705" in h]
        return len(streams), depends, 0, len(done)
    if "depends_on" in fields or "parallel" in fields:
        return (1, len(as_list(fields.get("depends_on"))), int(str(fields.get("parallel")).lower() == "true"),
                int(str(fields.get("status")).lower() in DONE))
    meta = dict((k.lower(), v) for k, v in re.findall(r"^- \*\*(.+?)\*\*: (.*)$", text, re.M))
    if "task id" not in meta:
        return 0, 0, 0, 0
    spans = re.findall(r"(\d+)-(\d+)", meta.get("dependencies", ""))
    depends = sum(int(b) - int(a) + 1 for a, b in spans) or len(re.findall(r"\d+", meta.get("dependencies", "")))
    return 1, depends, 0, int(meta.get("status", "").lower() in DONE)


def beads(text, _):
    issues = [json.loads(line) for line in text.splitlines() if line.strip()]
    live = [i for i in issues if i.get("status") != "tombstone"]
    ids = {i["id"] for i in live}
    parents = {d["depends_on_id"] for i in live for d in i.get("dependencies") or [] if d["type"] == "parent-child"}
    leaves = [i for i in live if i.get("issue_type") != "epic" and i["id"] not in parents]
    gone = {i["id"] for i in issues} - ids
    blocks = {(i["id"], d["depends_on_id"]) for i in leaves for d in i.get("dependencies") or []
              if d["type"] == "blocks" and d["depends_on_id"] not in gone}
    return len(leaves), len(blocks), 0, len([i for i in leaves if i["status"] == "closed"])


def taskmaster(text, _):
    if text.startswith("# Task ID"):
        field = dict(re.findall(r"^# ([A-Za-z ]+): *(.*)$", text, re.M))
        depends = [] if field.get("Dependencies") in (None, "None", "") else field["Dependencies"].split(",")
        return 1, len(depends), 0, int(field.get("Status") == "done")
    data = json.loads(text)
    lists = [data["tasks"]] if "tasks" in data else [v["tasks"] for v in data.values() if "tasks" in v]
    items, depends, done = 0, 0, 0
    for tasks in lists:
        for task in tasks:
            outer = {str(d) for d in task.get("dependencies") or []}
            subtasks = task.get("subtasks") or []
            for leaf in subtasks or [task]:
                inner = set() if leaf is task else {str(d) for d in leaf.get("dependencies") or []}
                siblings = {str(s["id"]) for s in subtasks}
                inner = {f"{task['id']}.{d}" if d in siblings else d for d in inner}
                own = str(task["id"]) if leaf is task else f"{task['id']}.{leaf['id']}"
                items += 1
                depends += len((inner | outer) - {own} - ({str(task["id"])} if leaf is not task else set()))
                done += leaf.get("status", task.get("status")) == "done"
    return items, depends, 0, done


def gsd(text, _):
    fields = front_matter(text)
    if not fields or "plan" not in fields:
        return 0, 0, 0, 0
    return 1, len(as_list(fields.get("depends_on"))), 0, 0


def superpowers(text, _):
    tasks = [h for h in inline_texts(text, "heading_open") if re.match(r"Task \d+\b", h)]
    done, current, steps = 0, None, []
    for line in re.sub(r"(?ms)^(```+|~~~+).*?^\1", "", text).splitlines() + ["### Task 0"]:
        if re.match(r"#{2,4} +Task \d+", line):
            done += bool(current and steps and all(steps))
            current, steps = line, []
        elif re.match(r"\s*- \[.\] ", line):
            steps.append(line.strip()[3] in "xX")
    return len(tasks), 0, 0, done


def coordinate_agents(text, _):
    data = json.loads(text)
    graph = data.get("graph", data)
    return len(graph["subtasks"]), sum(len(s.get("dependsOn", [])) for s in graph["subtasks"]), 0, 0


COUNTERS = {"spec-kit": spec_kit, "ccpm": ccpm, "beads": beads, "taskmaster": taskmaster, "gsd": gsd,
            "superpowers": superpowers, "coordinate-agents": coordinate_agents}


def files_of(arguments):
    if arguments[:1] == ["--data"] and len(arguments) == 2:
        for folder, name in FOLDERS.items():
            directory = os.path.join(arguments[1], folder)
            for file in sorted(os.listdir(directory)) if os.path.isdir(directory) else []:
                yield name, os.path.join(directory, file)
    elif len(arguments) > 1 and arguments[0] in COUNTERS:
        for file in arguments[1:]:
            yield arguments[0], file
    else:
        sys.exit(__doc__)


def main():
    print("format\tfile\tours\tindependent\tequal")
    differ = False
    for name, path in files_of(sys.argv[1:]):
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        mine, theirs = ours(path), COUNTERS[name](text, path)
        differ |= mine != theirs
        shown = [v if isinstance(v, str) else "/".join(str(n) for n in v) for v in (mine, theirs)]
        print(f"{name}\t{os.path.basename(path)}\t{shown[0]}\t{shown[1]}\t{'yes' if mine == theirs else 'no'}")
    sys.exit(differ)


if __name__ == "__main__":
    main()
