"""schemas/ describe every golden answer and every sample.

Usage: schema_check.py TOP-OF-THE-REPOSITORY
"""

import json
import pathlib
import sys

import jsonschema
import yaml

top = pathlib.Path(sys.argv[1])
cases = top / "tests" / "golden"
failures = []
checked = 0


def validator(name):
    schema = json.loads((top / "schemas" / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check(name, document, file):
    """What is wrong with the document goes to failures."""
    global checked
    checked += 1
    for error in validator(name).iter_errors(document):
        place = "/".join(str(step) for step in error.absolute_path)
        failures.append(f"{file.relative_to(top)}: {name}: {place}: {error.message[:300]}")


def is_refused(file):
    """An input of a case that ends with exit code 2 is wrong on purpose."""
    for case in file.parents:
        if (case / "cmd").exists():
            return (case / "exit").exists() and "2" in (case / "exit").read_text()
    return False


def answers():
    for file in sorted([*cases.glob("*/stdout"), *(top / "tests" / "planner" / "report").glob("*.json")]):
        text = file.read_text()
        if text.startswith("{"):
            answer = json.loads(text)
            schema = answer.get("schema", "")  # interlock.plan/1
            if schema.startswith("interlock."):
                check(schema[len("interlock.") : schema.index("/")], answer, file)


def inputs():
    for directory in (top / "samples", cases):
        for file in sorted(directory.rglob("*")):
            if file.suffix not in (".yaml", ".yml", ".json") or is_refused(file):
                continue
            document = yaml.safe_load(file.read_text())
            if not isinstance(document, dict):
                continue
            if file.stem == "interlock":
                check("config", document, file)
            elif ("work_orders" in document or "decisions" in document) and "schema" not in document:
                check("work-orders", document, file)


def proposals():
    """What init writes, taken from the diffs that show it."""
    for file in sorted(cases.glob("init-*/stdout")):
        for diff in file.read_text().split("--- /dev/null\n+++ b/interlock.yaml\n")[1:]:
            lines = []
            for line in diff.splitlines()[1:]:
                if not line.startswith("+"):
                    break
                lines.append(line[1:])
            check("config", yaml.safe_load("\n".join(lines)), file)


def schemas_refuse():
    """A schema that accepts anything would describe everything."""
    wrong = [
        ("plan", {"schema": "interlock.plan/1"}),
        ("findings", {"schema": "interlock.findings/1"}),
        ("config", {"isolation": "none"}),
        ("work-orders", {"work_orders": [{"id": "A", "wirte": ["a.py"]}]}),
    ]
    for name, document in wrong:
        if validator(name).is_valid(document):
            failures.append(f"schemas/{name}.schema.json accepts {document}")
    for error in validator("work-orders").iter_errors({"work_orders": [{"id": "A", "write": ["a.py"]}]}):
        failures.append(f"schemas/work-orders.schema.json refuses a sound order: {error.message}")


schemas_refuse()
answers()
inputs()
proposals()
print("\n".join(failures) or f"{checked} documents are as the schemas say")
sys.exit(1 if failures else 0)
