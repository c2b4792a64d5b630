"""action.yml, .pre-commit-hooks.yaml and what `interlock init --ci` writes: their shape, and their steps run for real.

Usage: ci_test.py TOP-OF-THE-REPOSITORY PROGRAM

The steps run as a CI system would run them: in clean clones of a small repository, with the expressions of action.yml
evaluated here and given as environment. Only the compiling is replaced by copying PROGRAM.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import jsonschema
import yaml

top = pathlib.Path(sys.argv[1]).resolve()
program = pathlib.Path(sys.argv[2]).resolve()
scratch = pathlib.Path(tempfile.mkdtemp(prefix="interlock-ci-"))
failures = []
checked = 0


def expect(condition, what):
    global checked
    checked += 1
    if not condition:
        failures.append(what)


def expect_ends(finished, code, parts, what):
    expect(finished.returncode == code, f"{what}: exit {finished.returncode}, not {code}\n{finished.stdout}")
    for part in parts:
        expect(part in finished.stdout, f"{what}: no {part!r} in\n{finished.stdout}")


environment = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
    "HOME": str(scratch / "home"),
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "T",
    "GIT_AUTHOR_EMAIL": "t@example.org",
    "GIT_COMMITTER_NAME": "T",
    "GIT_COMMITTER_EMAIL": "t@example.org",
}


def run(words, directory, more=None, stdin=""):
    env = {**environment, **(more or {})}
    return subprocess.run(
        [str(w) for w in words], cwd=directory, env=env, input=stdin, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=300,
    )


def git(directory, *words):
    finished = run(["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words], directory)
    if finished.returncode != 0:
        raise RuntimeError(f"git {words}: {finished.stdout}")
    return finished.stdout.strip()


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def commit(directory, message, files):
    for name, text in files.items():
        write(directory / name, text)
    git(directory, "add", "-A")
    git(directory, "commit", "-q", "-m", message)
    return git(directory, "rev-parse", "HEAD")


# ---- shapes: what their makers document, written down here -----------------------------------------------------------

text = {"type": "string", "minLength": 1}
texts = {"type": "array", "items": text, "minItems": 1}
action_shape = {
    "type": "object",
    "required": ["name", "description", "runs"],
    "additionalProperties": False,
    "properties": {
        "name": text,
        "description": text,
        "inputs": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9-]*$"},
            "additionalProperties": {
                "type": "object",
                "required": ["description"],
                "additionalProperties": False,
                "properties": {"description": text, "required": {"type": "boolean"}, "default": {"type": "string"}},
            },
        },
        "runs": {
            "type": "object",
            "required": ["using", "steps"],
            "additionalProperties": False,
            "properties": {
                "using": {"const": "composite"},
                "steps": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "name": text, "id": text, "if": text, "shell": text, "run": text, "uses": text,
                            "env": {"type": "object", "additionalProperties": {"type": "string"}},
                            "with": {"type": "object"},
                        },
                        "oneOf": [{"required": ["run", "shell"]}, {"required": ["uses"]}],
                    },
                },
            },
        },
    },
}
hooks_shape = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "name", "entry", "language"],
        "additionalProperties": False,
        "properties": {
            "id": text, "name": text, "description": text, "entry": text, "language": {"const": "system"},
            "pass_filenames": {"type": "boolean"}, "always_run": {"type": "boolean"},
            "require_serial": {"type": "boolean"},
            "stages": {"type": "array", "items": {"enum": ["commit", "push"]}},
        },
    },
}
workflow_shape = {
    "type": "object",
    "required": ["name", "on", "permissions", "jobs"],
    "properties": {
        "on": {"type": "object", "required": ["pull_request"], "not": {"required": ["pull_request_target"]}},
        "permissions": {"const": {"contents": "read"}},
        "jobs": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["runs-on", "steps"],
                "properties": {"steps": {"type": "array", "items": {"type": "object"}}},
            },
        },
    },
}
gitlab_shape = {
    "type": "object",
    "required": ["interlock"],
    "properties": {
        "interlock": {
            "type": "object",
            "required": ["stage", "image", "rules", "variables", "script", "artifacts"],
            "properties": {
                "script": texts,
                "variables": {
                    "type": "object",
                    "required": ["GIT_DEPTH"],
                    "properties": {"GIT_DEPTH": {"const": "0"}},
                    "additionalProperties": {"type": "string"},
                },
                "artifacts": {
                    "type": "object",
                    "required": ["when", "reports"],
                    "properties": {
                        "when": {"const": "always"},
                        "reports": {"type": "object", "required": ["codequality", "junit"]},
                    },
                },
            },
        }
    },
}
pre_commit_shape = {
    "type": "object",
    "required": ["repos"],
    "properties": {
        "repos": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["repo", "hooks"],
                "properties": {"repo": text, "rev": text, "hooks": {"type": "array", "items": {"required": ["id"]}}},
            },
        }
    },
}


def check_shape(document, shape, name):
    # YAML 1.1 reads the key "on" as true; GitHub does not.
    if isinstance(document, dict) and True in document:
        document["on"] = document.pop(True)
    for error in jsonschema.Draft202012Validator(shape).iter_errors(document):
        place = "/".join(str(step) for step in error.absolute_path)
        expect(False, f"{name}: {place}: {error.message[:200]}")
    expect(True, name)
    return document


# ---- action.yml as a runner would run it -----------------------------------------------------------------------------

action = check_shape(yaml.safe_load((top / "action.yml").read_text()), action_shape, "action.yml")


def value_of(expression, context):
    """The expressions that action.yml has: names, ||, != 'text'."""
    if "!=" in expression:
        name, other = expression.split("!=")
        return value_of(name, context) != other.strip().strip("'")
    for name in expression.split("||"):
        name = name.strip()
        if not re.fullmatch(r"[a-z_]+(\.[a-z_-]+)+", name):
            raise ValueError(f"action.yml: the expression {name!r} is not understood")
        at = context
        for part in name.split("."):
            at = at.get(part, "") if isinstance(at, dict) else ""
        if at:
            return at
    return ""


def filled(template, context):
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(value_of(found[1].strip(), context)), template)


def source_with_stub(name):
    """What the action is checked out as, with a build that copies the program under test."""
    directory = scratch / name
    for file in ["action.yml", ".pre-commit-hooks.yaml", "script/ci", "CMakeLists.txt", "CMakePresets.json",
                 "package-lock.json"]:
        (directory / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(top / file, directory / file)
    for part in ["cmake", "graph", "parsers", "planner"]:
        write(directory / part / "part", part)
    stub = directory / "script" / "build"
    write(stub, f"#!/bin/sh\nmkdir -p build/release && cp '{program}' build/release/interlock\n")
    stub.chmod(0o755)
    return directory


def run_action(source, clone, inputs, github, temporary, extra=None):
    """All steps in order; the cache keeps `temporary` between calls. The last step's end."""
    given = {name: about.get("default", "") for name, about in action.get("inputs", {}).items()}
    given.update(inputs)
    context = {"inputs": given, "github": github, "steps": {}}
    files = {"GITHUB_OUTPUT": scratch / "output", "GITHUB_STEP_SUMMARY": scratch / "summary"}
    (scratch / "summary").write_text("")
    finished = None
    for step in action["runs"]["steps"]:
        condition = step.get("if")
        if condition and not value_of(condition, context):
            continue
        if "uses" in step:
            path = pathlib.Path(filled(step["with"]["path"], context))
            expect(len(filled(step["with"]["key"], context)) > 30, "the key of the cache says too little")
            context["steps"][step["id"]] = {"outputs": {"cache-hit": "true" if path.is_dir() else ""}}
            continue
        files["GITHUB_OUTPUT"].write_text("")
        env = {name: filled(template, context) for name, template in step.get("env", {}).items()}
        env.update({name: str(file) for name, file in files.items()})
        env.update(GITHUB_ACTIONS="true", GITHUB_ACTION_PATH=str(source), RUNNER_TEMP=str(temporary), CI="true")
        env.update(extra or {})
        shell = {"sh": ["sh", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}[step["shell"]]
        script = scratch / "step.sh"
        script.write_text(step["run"])
        finished = run([*shell, script], clone, env)
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        if "id" in step:
            context["steps"][step["id"]] = {"outputs": outputs}
        if finished.returncode != 0:
            break
    return finished


orders = """work_orders:
  - {id: WO-1, write: [src/a.py], do_not_touch: [secrets/**], branch: wo-1}
  - {id: WO-2, write: [src/b.py], branch: wo-2}
"""


def upstream():
    directory = scratch / "upstream"
    directory.mkdir()
    git(directory, "init", "-q")
    commit(directory, "first", {"src/a.py": "a = 1\n", "src/b.py": "b = 1\n", "src/c.py": "c = 1\n"})
    git(directory, "branch", "lawless")
    commit(directory, "orders", {"orders/orders.yaml": orders, "interlock.yaml": "policy: strict\n"})
    git(directory, "checkout", "-q", "-b", "wo-1")
    heads = {"clean": commit(directory, "work", {"src/a.py": "a = 2\n"})}
    heads["forbidden"] = commit(directory, "more", {"secrets/key": "k\n"})
    git(directory, "checkout", "-q", "-b", "wo-2", "main")
    wider = orders.replace("src/b.py", "src/**").replace("secrets/**", "nothing")
    heads["widened"] = commit(
        directory, "widen my own scope",
        {"src/b.py": "b = 2\n", "src/a.py": "a = 3\n", "orders/orders.yaml": wider, "interlock.yaml": "policy: observe\n"})
    git(directory, "checkout", "-q", "-b", "loose", "main")
    heads["undeclared"] = commit(directory, "work\n\nWork-Order: WO-2", {"src/b.py": "b = 4\n", "src/c.py": "c = 2\n"})
    git(directory, "checkout", "-q", "main")
    commit(directory, "main moves on", {"src/d.py": "d = 1\n"})
    return directory, heads


def pull_request(origin, head, name, depth=None):
    """As actions/checkout leaves it: detached at the merge of head and base."""
    clone = scratch / name
    git(origin, "checkout", "-q", "--detach", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "merge", head)
    git(origin, "update-ref", "refs/pull/1/merge", "HEAD")
    git(origin, "checkout", "-q", "main")
    clone.mkdir()
    git(clone, "init", "-q")
    git(clone, "remote", "add", "origin", f"file://{origin}")
    specs = ["+refs/pull/1/merge:refs/remotes/pull/1/merge"]
    if depth:
        git(clone, "fetch", "-q", "--no-tags", f"--depth={depth}", "origin", *specs)
    else:
        git(clone, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", *specs)
    git(clone, "checkout", "-q", "--detach", "refs/remotes/pull/1/merge")
    return clone


def event(head, base="main", branch="$(touch pwned)", number=1):
    return {
        "sha": "0" * 40, "base_ref": base, "head_ref": branch, "event_name": "pull_request",
        "event": {"repository": {"default_branch": "main"}, "pull_request": {"number": number, "head": {"sha": head}}},
    }


def try_action(origin, heads):
    for step in action["runs"]["steps"]:
        expect("${{" not in step.get("run", ""), f"action.yml: an expression in a script: {step.get('name')}")
    source = source_with_stub("action")
    temporary = scratch / "runner"
    temporary.mkdir()
    inputs = {"orders": "orders\n", "policy": "protect"}

    clone = pull_request(origin, heads["clean"], "pr-clean")
    expect_ends(run_action(source, clone, inputs, event(heads["clean"], branch="wo-1"), temporary), 0, [], "a clean pull request")
    expect((temporary / "interlock" / "program").is_file(), "the build was not kept for the cache")
    (source / "script" / "build").write_text("#!/bin/sh\nexit 9\n")  # from here on the cache answers

    clone = pull_request(origin, heads["forbidden"], "pr-forbidden")
    finished = run_action(source, clone, inputs, event(heads["forbidden"], branch="wo-1"), temporary)
    expect_ends(finished, 1, ["::error file=secrets/key", "forbidden-write"], "a forbidden write")
    expect("forbidden-write" in (scratch / "summary").read_text(), "the summary says nothing of the forbidden write")
    expect(git(clone, "status", "--porcelain", "--ignored") == "", "the action left files in the clone")

    clone = pull_request(origin, heads["widened"], "pr-widened")
    finished = run_action(source, clone, inputs, event(heads["widened"], branch="wo-2"), temporary)
    expect_ends(finished, 1, ["::error file=src/a.py", "scope-changed"], "a pull request that widens its own scope")

    clone = pull_request(origin, heads["undeclared"], "pr-undeclared")
    finished = run_action(source, clone, inputs, event(heads["undeclared"]), temporary)
    expect_ends(finished, 0, ["::warning file=src/c.py"], "an undeclared write under protect")
    finished = run_action(source, clone, {**inputs, "fail-on": "warning"}, event(heads["undeclared"]), temporary)
    expect_ends(finished, 1, ["::warning file=src/c.py"], "an undeclared write with fail-on: warning")
    finished = run_action(source, clone, {"orders": "orders/orders.yaml"}, event(heads["undeclared"]), temporary)
    expect_ends(finished, 1, ["::error file=src/c.py"], "an undeclared write under the target's own policy")
    finished = run_action(source, clone, inputs, event(heads["undeclared"], base="lawless"), temporary)
    expect_ends(finished, 0, ["::notice title=interlock::none of these work orders"], "before there are orders")
    finished = run_action(source, clone, inputs, event(heads["undeclared"], base="$(touch pwned)"), temporary)
    expect_ends(finished, 3, ["is not in this clone"], "a base with a hostile name")
    finished = run_action(source, clone, {**inputs, "orders": "$(touch pwned)\n`touch pwned`\n*"},
                          event(heads["undeclared"]), temporary)
    expect_ends(finished, 0, ["none of these work orders"], "orders with hostile names")
    expect(not list(scratch.rglob("pwned")), "text from outside was run as a command")

    shallow = pull_request(origin, heads["clean"], "pr-shallow", depth=1)
    finished = run_action(source, shallow, inputs, event(heads["clean"], branch="wo-1"), temporary)
    expect_ends(finished, 3, ["fetch-depth 0"], "a shallow clone")
    deep_enough = pull_request(origin, heads["clean"], "pr-half", depth=2)
    git(deep_enough, "fetch", "-q", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main")
    finished = run_action(source, deep_enough, inputs, event(heads["clean"], branch="wo-1"), temporary)
    expect_ends(finished, 3, ["fetch-depth 0"], "a clone without the merge base")
    plain = scratch / "no-git"
    plain.mkdir()
    finished = run_action(source, plain, inputs, event(heads["clean"], branch="wo-1"), temporary,
                          {"GIT_CEILING_DIRECTORIES": str(scratch)})
    expect_ends(finished, 3, ["no git repository"], "a download instead of a clone")


# ---- what init --ci writes -------------------------------------------------------------------------------------------


def init(directory, *words):
    finished = run([program, "init", *words], directory)
    expect(finished.returncode == 0, f"init {words}: {finished.stdout}")
    return finished


def try_github_workflow(origin):
    clone = scratch / "github"
    git(scratch, "clone", "-q", origin, clone)
    init(clone, "--ci", "github", "--source", "example/interlock@v1", "orders", "more/orders.md")
    document = yaml.safe_load((clone / ".github/workflows/interlock.yml").read_text())
    document = check_shape(document, workflow_shape, ".github/workflows/interlock.yml")
    steps = document["jobs"]["interlock"]["steps"]
    checkout = next(step for step in steps if step.get("uses", "").startswith("actions/checkout@"))
    expect(checkout["with"]["fetch-depth"] == 0, "the workflow makes a shallow clone")
    ours = next(step for step in steps if step.get("uses") == "example/interlock@v1")
    expect(set(ours["with"]) <= set(action["inputs"]), "the workflow gives an input that action.yml does not have")
    for name, about in action["inputs"].items():
        expect(not about.get("required") or name in ours["with"], f"the workflow does not give {name}")
    expect(ours["with"]["orders"].split() == ["orders", "more/orders.md"], "the orders are not what was asked for")
    expect(ours["with"]["policy"] == "protect", "the policy is not protect")


def try_gitlab_job(origin, heads):
    source = source_with_stub("gitlab-source")
    git(source, "init", "-q")
    git(source, "add", "-f", ".")
    git(source, "commit", "-q", "-m", "source")
    git(source, "tag", "v1")
    writer = scratch / "gitlab"
    git(scratch, "clone", "-q", origin, writer)
    init(writer, "--ci", "gitlab", "--source", f"file://{source}@v1", "orders")
    main = yaml.safe_load((writer / ".gitlab-ci.yml").read_text())
    expect(main == {"include": [{"local": ".gitlab/interlock.yml"}]}, f".gitlab-ci.yml says {main}")
    document = yaml.safe_load((writer / ".gitlab/interlock.yml").read_text())
    job = check_shape(document, gitlab_shape, ".gitlab/interlock.yml")["interlock"]
    tools = scratch / "tools"
    write(tools / "apt-get", "#!/bin/sh\nexit 0\n")
    (tools / "apt-get").chmod(0o755)
    for name, code in (("forbidden", 1), ("clean", 0)):
        clone = scratch / f"mr-{name}"
        git(scratch, "clone", "-q", "--no-local", origin, clone)
        git(clone, "checkout", "-q", "--detach", heads[name])
        git(clone, "update-ref", "-d", "refs/remotes/origin/main")
        env = {**job["variables"], "GITLAB_CI": "true", "CI_COMMIT_SHA": heads[name],
               "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "wo-1",
               "PATH": f"{tools}:{environment['PATH']}",
               "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": ""}
        script = scratch / "job.sh"
        script.write_text("set -e\n" + "\n".join(job["script"]))
        finished = run(["sh", script], clone, {**env, "TMPDIR": str(scratch)})
        expect_ends(finished, code, [], f"the job of GitLab, {name}")
        try:
            found = json.loads((clone / job["artifacts"]["reports"]["codequality"]).read_text())
            expect(("forbidden-write" in [f["check_name"] for f in found]) == (code == 1), f"code quality says {found}")
            xml.etree.ElementTree.parse(clone / job["artifacts"]["reports"]["junit"])
        except (OSError, ValueError) as error:
            expect(False, f"the reports of GitLab, {name}: {error}\n{finished.stdout}")


def try_pre_commit(origin):
    check_shape(yaml.safe_load((top / ".pre-commit-hooks.yaml").read_text()), hooks_shape, ".pre-commit-hooks.yaml")
    names = [hook["id"] for hook in yaml.safe_load((top / ".pre-commit-hooks.yaml").read_text())]
    bin_directory = scratch / "bin"
    bin_directory.mkdir()
    (bin_directory / "interlock").symlink_to(program)
    source = source_with_stub("hooks-source")
    git(source, "init", "-q")
    git(source, "add", "-f", ".")
    git(source, "commit", "-q", "-m", "source")
    git(source, "tag", "v1")
    installed = shutil.which("pre-commit")
    if not installed:
        print("ci_test: pre-commit is not installed; its hooks are not run")
    for kind, words in (("local", []), ("remote", ["--source", f"file://{source}@v1"])):
        clone = scratch / f"hooks-{kind}"
        git(scratch, "clone", "-q", "--no-local", origin, clone)
        git(clone, "checkout", "-q", "-b", "wo-1", "main")
        init(clone, "--ci", "pre-commit", *words, "orders")
        document = yaml.safe_load((clone / ".pre-commit-config.yaml").read_text())
        check_shape(document, pre_commit_shape, f".pre-commit-config.yaml, {kind}")
        expect([hook["id"] for hook in document["repos"][0]["hooks"]] == names, f"hooks of {kind}: {document}")
        if not installed:
            continue
        env = {"PATH": f"{bin_directory}:{environment['PATH']}", "PRE_COMMIT_HOME": str(scratch / "pre-commit"),
               "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always"}
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "-m", "hooks\n\nScope-Add: .pre-commit-config.yaml -- the hooks")
        finished = run(["pre-commit", "install", "--hook-type", "pre-commit", "--hook-type", "pre-push"], clone, env)
        expect_ends(finished, 0, [], f"pre-commit install, {kind}")
        commit_with = lambda: run(["git", "commit", "-q", "-m", "work"], clone, env)
        write(clone / "src/a.py", "a = 5\n")
        git(clone, "add", "-A")
        expect_ends(commit_with(), 0, ["work orders are sound"], f"a commit, {kind}")
        push = ["git", "push", "-q", f"file://{scratch / 'pushed.git'}", "wo-1:refs/heads/" + kind]
        if not (scratch / "pushed.git").exists():
            git(scratch, "init", "-q", "--bare", "pushed.git")
        expect_ends(run(push, clone, env), 0, ["the work is what was declared"], f"a push, {kind}")
        write(clone / "secrets/key", "k\n")
        git(clone, "add", "-A")
        commit_with()
        expect_ends(run(push, clone, env), 1, ["forbidden-write"], f"a push of a forbidden write, {kind}")
        broken = orders.replace("write:", "wirte:", 1)
        write(clone / "orders/orders.yaml", broken)
        git(clone, "add", "-A")
        expect_ends(commit_with(), 1, ['unknown key "wirte"'], f"a commit of broken orders, {kind}")


try:
    (scratch / "home").mkdir()
    origin, heads = upstream()
    try_action(origin, heads)
    try_github_workflow(origin)
    try_gitlab_job(origin, heads)
    try_pre_commit(origin)
    first, second = (run([top / "script" / "ci", "key"], top).stdout for _ in range(2))
    expect(re.fullmatch("[0-9a-f]{40}\n", first) and first == second, f"script/ci key says {first}, then {second}")
except Exception as error:  # what was found before it is worth reading
    failures.append(f"stopped: {error!r}")
finally:
    shutil.rmtree(scratch, ignore_errors=True)
print("\n".join(failures) or f"{checked} checks hold")
sys.exit(1 if failures else 0)
