"""The terms that the glossary begins with: complete, plain, and free of clashes."""

from collections import Counter
from importlib.resources import files

import pytest

from workflows.glossary import rules, transfer
from workflows.glossary.importing import seeds
from workflows.glossary.rules import key_norm
from workflows.glossary.transfer import Fate, Row

ROWS = seeds()
NAMED = """
SOC, SIEM, SOAR, EDR, XDR, NDR, MDR, IOC, TTP, MITRE ATT&CK, threat hunting, threat intelligence,
DFIR, incident, event, MTTD, MTTR, playbook, purple team, red team, pentest, vulnerability,
exposure, CVE, CVSS, SAST, DAST, SBOM, CSPM, IAM, PAM, MFA, zero trust, least privilege, DLP, GRC,
ISO 27001, SOC 2, NIST CSF, tabletop, phishing, vishing, smishing, insider risk, shadow IT,
clearance, EDRM, ESI, legal hold, custodian, preservation, collection, processing, culling,
deduplication, de-NISTing, TAR, CAL, predictive coding, privilege log, clawback, Bates number,
load file, chain of custody, proportionality, meet and confer, slack space, requisition, intake,
sourcing, pipeline, stage, passive candidate, silver medallist, scorecard, calibration, debrief,
structured interview, work sample, time to fill, time to hire, time to start,
time to productivity, quality of hire, offer acceptance, candidate NPS, EVP, ATS, req load,
backfill, headcount, band, level, counter-offer, notice period, background check, adverse impact,
knock-out question, screening, slack, TA, IR, PR, PIP, staff
"""
COLLISIONS = [
    "SOC",
    "ATS",
    "TAR",
    "pipeline",
    "screening",
    "Slack",
    "TA",
    "IR",
    "PR",
    "PIP",
    "staff",
]


def test_there_are_more_than_a_hundred_terms() -> None:
    assert len({row.key[0] for row in ROWS}) >= 100


def test_every_promised_term_can_be_looked_up() -> None:
    names = {key_norm(name) for row in ROWS for name in (row.term, *row.aliases)}

    missing = [name for name in NAMED.split(",") if key_norm(name) not in names]

    assert missing == []


@pytest.mark.parametrize("label", COLLISIONS)
def test_words_that_mean_two_things_have_two_meanings(label: str) -> None:
    meanings = Counter(row.term for row in ROWS)

    assert meanings[label] >= 2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.term}-{row.department}")
def test_every_seed_is_plain_and_complete(row: Row) -> None:
    wording = row.wording

    assert wording.problems() == {}
    assert rules.lint(wording.plain, own=(row.term, *row.aliases, wording.expansion)) == []
    assert wording.expert
    assert wording.plain.endswith((".", "?"))
    assert wording.plain != wording.expert


def test_no_alias_leads_to_a_term_of_which_it_means_one_sense_only() -> None:
    meanings = Counter(row.term for row in ROWS)

    assert [row.term for row in ROWS if meanings[row.term] > 1 and row.aliases] == []


def test_seeds_point_only_to_terms_that_exist() -> None:
    names = {key_norm(name) for row in ROWS for name in (row.term, *row.aliases)}

    pointed = {key_norm(name) for row in ROWS for name in row.wording.not_to_confuse_with}

    assert pointed <= names


def test_no_seed_clashes_with_another() -> None:
    changes = transfer.compare(ROWS, {}, {})

    assert [change for change in changes if change.fate is not Fate.ADD] == []


def test_the_file_is_written_as_an_export_would_write_it() -> None:
    text = files("workflows.glossary").joinpath("seeds.csv").read_text(encoding="utf-8")

    assert transfer.write(ROWS) == text
