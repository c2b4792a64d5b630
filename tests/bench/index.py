#!/usr/bin/env python3
"""Times the code index of each directory against ctags and git status; a copy is measured, the directory is left alone.

    script/bench index [--runs N] DIR...

Prints TSV: corpus, tool, wall_s, cpu_s, peak_mib; each the median of N runs (5). `edited` is a warm index after one file
changed; `two ctags` are two processes that share the files; `plan` is 20 orders of 5 files each.
"""
import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
SOURCES = (".py", ".js", ".ts", ".tsx", ".go", ".rs", ".java", ".c", ".h", ".cc", ".cpp", ".cs", ".rb", ".php", ".sh")


def measured(commands, allowed=(0,)):
    """Wall and CPU seconds of commands that run at once, and the MiB of the largest."""
    start = time.monotonic()
    running = [subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
               for command in commands]
    cpu, peak = 0.0, 0.0
    for process in running:
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            sys.exit(f"index: {' '.join(process.args[:3])} failed: {complaint.decode(errors='replace')}")
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
    return time.monotonic() - start, cpu, peak


def row(corpus, tool, runs, commands, before=lambda: None, allowed=(0,)):
    taken = []
    for _ in range(runs):
        before()
        taken.append(measured(commands, allowed))
    print(corpus, tool, *(f"{statistics.median(one):.3f}" for one in zip(*taken)), sep="\t", flush=True)


def git(top, *words):
    subprocess.run(["git", "-C", top, *words], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)


def write_orders(path, files):
    """20 orders of 5 files each; the same for the same files."""
    chosen = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        out.write("work_orders:\n")
        for number in range(1, 21):
            out.write(f"  - id: WO-{number}\n    title: Change {number}\n    write:\n")
            for file in chosen.sample(files, min(5, len(files))):
                out.write(f'      - "{file}"\n')


def bench(directory, runs, scratch):
    corpus = pathlib.Path(directory).resolve().name
    top = os.path.join(scratch, "corpus")
    shutil.copytree(directory, top, symlinks=True,
                    ignore=shutil.ignore_patterns(".git", "__pycache__", "build", "node_modules"))
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "-q", "--no-gpg-sign", "-m", "all")
    time.sleep(2.1)  # what is as young as git's own index is read again by everybody
    git(top, "status")
    program = os.path.abspath(os.environ.get("INTERLOCK", "interlock"))
    files = sorted(str(path.relative_to(top)) for path in pathlib.Path(top).rglob("*")
                   if path.suffix in SOURCES and path.is_file() and not path.is_symlink()
                   and not set(str(path)) & set('"\\*?[]{}'))
    if not files:
        sys.exit(f"index: {directory} holds no sources")
    orders = os.path.join(scratch, "orders.yaml")
    write_orders(orders, files)

    def cold():
        shutil.rmtree(os.path.join(top, ".git", "interlock"), ignore_errors=True)

    def edit():
        with open(os.path.join(top, files[len(files) // 2]), "a", encoding="utf-8") as out:
            out.write("\n")

    index = [[program, "index", "--repo", top, "--quiet"]]
    plan = [[program, "plan", orders, "--repo", top, "--quiet"]]
    row(corpus, "index, cold", runs, index, cold)
    row(corpus, "index, warm", runs, index)
    row(corpus, "index, one file edited", runs, index, edit)
    git(top, "checkout", "-q", ".")
    row(corpus, "git status", runs, [["git", "-C", top, "status", "--porcelain"]])
    row(corpus, "plan, cold", runs, plan, cold, (0, 1))
    row(corpus, "plan, warm", runs, plan, allowed=(0, 1))
    if shutil.which("ctags") is None:
        print("index: no ctags is installed", file=sys.stderr)
        return
    row(corpus, "ctags -R", runs, [["ctags", "-R", "--exclude=.git", "-f", os.path.join(scratch, "tags"), top]])
    halves = []
    for half in range(2):
        names = os.path.join(scratch, f"half{half}")
        pathlib.Path(names).write_text("".join(os.path.join(top, file) + "\n" for file in files[half::2]))
        halves.append(["ctags", "-L", names, "-f", names + ".tags"])
    row(corpus, "two ctags", runs, halves)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("directories", nargs="+", metavar="DIR")
    arguments = parser.parse_args()
    print("corpus\ttool\twall_s\tcpu_s\tpeak_mib")
    for directory in arguments.directories:
        with tempfile.TemporaryDirectory() as scratch:
            bench(directory, arguments.runs, scratch)


if __name__ == "__main__":
    main()
