"""The knowledge base: YAML in ``knowledge/`` and ``rules/`` read strictly into the model's records.

``load`` gives the knowledge base or raises with every fault; ``examine`` also gives the warnings.
``read_case`` and ``read_case_text`` give a client's case, checked against it.
"""

from nmt_expert.kb.case_file import read_case, read_case_text
from nmt_expert.kb.folder import knowledge_folder, overlay_folder
from nmt_expert.kb.loader import Examination, examine, load

__all__ = [
    "Examination",
    "examine",
    "knowledge_folder",
    "load",
    "overlay_folder",
    "read_case",
    "read_case_text",
]
