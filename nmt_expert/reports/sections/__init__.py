"""The sections of a report, one module a topic; each takes a view and gives a section."""
