"""安全性: is it safe to open, and was it kept safely? DA/T 70-2018, 4-x, and what long-term keeping adds."""

from yidang.checks import ports, viruses
from yidang.checks.records import Flaw
from yidang.checks.registry import of_whole
from yidang.checks.whole import Told, Whole, not_run
from yidang.preservation.copies import journal
from yidang.preservation.models import CopyDuty


@of_whole("4-1")
def scanner_there(_whole: Whole) -> Told:
    scanner = viruses.scanner()
    if scanner is None:
        return not_run("check_no_scanner")
    return Told(looked_at=1, evidence={"engine": scanner.name, "version": scanner.version()})


@of_whole("4-2")
def free_of_viruses(whole: Whole) -> Told:
    scanner = viruses.scanner()
    if scanner is None:
        return not_run("check_no_scanner")
    version = scanner.version()
    if not version:
        return not_run("check_scanner_silent", engine=scanner.name)
    files = [(record, file) for record in whole.records for file in record.files]
    found = viruses.infected(scanner, [file.locator for _, file in files])
    if found is None:
        return not_run("check_scanner_silent", engine=scanner.name)
    flaws = [
        Flaw(record.id, record.name, "check_virus", {"file": file.ordinal, "virus": found[file.locator]})
        for record, file in files
        if file.locator in found
    ]
    return Told(len(files), flaws, evidence={"engine": scanner.name, "version": version})


@of_whole("L-1")
def backup_restores(_whole: Whole) -> Told:
    """The newest practice of restoring, whenever it was: how old it may be is for a person to say."""
    drill = journal.newest(CopyDuty.Kind.DRILL)
    if drill is None:
        return not_run("check_no_evidence")
    flaws = [] if drill.is_sound else [Flaw(None, "", "check_drill_failed")]
    return Told(1, flaws, evidence={"practised": f"{drill.started_at:%Y-%m-%d}"})


@of_whole("L-3")
def environment_safe(_whole: Whole) -> Told:
    return ports.evidence("L-3")
