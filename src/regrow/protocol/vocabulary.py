"""The words a protocol may use for drugs, routes, practices, therapy, measures and context."""

DRUGS = ("racemic ketamine", "esketamine")

INFUSION = "intravenous infusion"
BOLUS = "intravenous bolus"
ROUTES = (INFUSION, BOLUS, "intramuscular", "subcutaneous", "nasal", "sublingual", "oral")
ESKETAMINE_ROUTES = ("nasal", INFUSION, BOLUS)
NEEDS_A_CLINICIAN = (INFUSION, BOLUS, "intramuscular", "subcutaneous")
"""Routes that nobody can take without a clinician in the room."""

FORMULATIONS = {
    "oral": ("solution", "prolonged-release"),
    "sublingual": ("film or lozenge",),
}
"""Formulations by route; the first is meant when the document says nothing."""

PRACTICES = (
    "walking or jogging",
    "cycling",
    "swimming",
    "mixed aerobic exercise",
    "strength training",
    "yoga",
    "yin yoga",
    "stretching",
    "tai chi or qigong",
    "mindfulness",
    "meditation",
    "breathing",
    "relaxation",
    "sleep routine",
    "omega-3",
    "nutrition",
    "social connection",
    "group activity",
    "accountability partner",
    "gratitude",
    "cognitive challenge",
    "new skill",
    "novelty",
    "creative outlet",
    "journaling",
    "self-monitoring",
    "work and play balance",
    "stress management",
)
WITHOUT_A_LENGTH = (
    "sleep routine",
    "omega-3",
    "nutrition",
    "accountability partner",
    "work and play balance",
)
"""Practices that are done or not done: their minutes may be left out."""

SYNONYMS = {
    "ketamine": "racemic ketamine",
    "s-ketamine": "esketamine",
    "spravato": "esketamine",
    "iv": INFUSION,
    "intravenous": INFUSION,
    "infusion": INFUSION,
    "iv infusion": INFUSION,
    "bolus": BOLUS,
    "iv bolus": BOLUS,
    "im": "intramuscular",
    "sc": "subcutaneous",
    "intranasal": "nasal",
    "nasal spray": "nasal",
    "lozenge": "sublingual",
    "troche": "sublingual",
    "by mouth": "oral",
    "po": "oral",
    "walking": "walking or jogging",
    "running": "walking or jogging",
    "sleep": "sleep routine",
    "journal": "journaling",
}
"""What people also say, and the word it stands for; likeness of letters would mislead here."""

INTENSITIES = ("light", "moderate", "vigorous")
THERAPIES = ("preparation", "integration", "CBT")
MEASURES = (
    "MADRS",
    "HDRS-17",
    "QIDS-SR",
    "PHQ-9",
    "GAD-7",
    "PCL-5",
    "pain",
    "CADSS",
    "blood pressure",
    "AUDIT-C",
    "ASQ",
    "CORE-10",
    "PEG",
    "mood diary",
)

SETTINGS = ("clinic", "hospital", "home", "trial")
BLINDINGS = (
    "open",
    "saline control",
    "midazolam control",
    "active drug in saline-controlled trial",
    "active drug in midazolam-controlled trial",
)
CONTROLS = ("saline control", "midazolam control")
"""Arms in which no ketamine is given: every amount is "0 mg/kg" or "0 mg"."""

BACKGROUNDS = ("unchanged treatment", "washed out", "new oral antidepressant")

ELIGIBILITY = {
    "E01": "no aneurysmal vascular disease or arteriovenous malformation",
    "E02": "no history of intracerebral haemorrhage",
    "E03": "no hypersensitivity to ketamine, esketamine or an excipient",
    "E04": "no heart attack or other major cardiovascular event in the last weeks",
    "E05": "no uncontrolled hypertension",
    "E06": "no history of hypertensive encephalopathy",
    "E07": "no active psychosis and no current mania",
    "E08": "not pregnant, not trying to be, not breast-feeding",
    "E09": "of an age the treatment is meant for",
    "E10": "no severe liver disease",
    "E11": "substance use asked about and planned for",
    "E12": "suicide risk assessed by a clinician, with a safety plan",
    "E13": "no unstable heart or lung disease or raised pressure in the head",
    "E14": "consent complete and recent",
}
RULE_SETS = {
    "every eligibility rule": tuple(ELIGIBILITY),
    "esketamine label": ("E01", "E02", "E03", "E05", "E06", "E07", "E08", "E09"),
}
