"""What `docs/running.md` says of the environment is what the settings read: nothing more, nothing less."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = {"text", "flag", "number", "words", "url", "secret", "choice", "folder"}
FROM_FILES_TOO = {"secret", "url"}


def read_by_settings() -> dict[str, str]:
    """Each variable's name, and the reader that settings.py reads it with."""
    tree = ast.parse((ROOT / "campaign" / "settings.py").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        call.args[0].value: call.func.attr
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.func.attr in READERS
    }


def documented() -> dict[str, bool]:
    """Each documented variable, and whether it is said to come from a file too."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    table = text.partition("## Every variable")[2]
    rows = re.findall(r"^\| `([A-Z_]+)`( \(_FILE\))? \| (?!default)", table, flags=re.MULTILINE)
    return {name: bool(file) for name, file in rows}


def test_every_variable_that_the_settings_read_is_documented_and_no_other():
    assert sorted(documented()) == sorted(read_by_settings())


def test_the_documentation_says_which_values_may_come_from_a_file():
    from_files = {name for name, reader in read_by_settings().items() if reader in FROM_FILES_TOO}

    assert {name for name, from_file in documented().items() if from_file} == from_files - {"DAUYS_URL"}


def test_no_module_reads_the_environment_behind_the_settings_back():
    own = {"settings.py", "env.py"}
    readers = [
        str(path.relative_to(ROOT))
        for roof in ("campaign", "volunteers", "outreach")
        for path in (ROOT / roof).rglob("*.py")
        if "embedded" not in path.parts and path.name not in own
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv", path.read_text())
    ]

    assert readers == []


def test_every_command_in_the_table_of_commands_is_there():
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\| `(bin/\w+)", text, flags=re.MULTILINE)

    assert commands == ["bin/run", "bin/manage", "bin/test", "bin/bench"]
    assert all((ROOT / command).stat().st_mode & 0o111 for command in commands)
