"""FHIR R4B: the questionnaire, filled forms in and out, an assessment as a Bundle, and our checks.

Everything is built as plain JSON; the optional library holds it to the shape of the standard.
"""
