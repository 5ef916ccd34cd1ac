"""Weigh, rank, plan, filter, explain: a pure function of the answers and the knowledge base."""

from nmt_expert.assessment.assess import assess
from nmt_expert.assessment.how import how
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.why_not import why_not

__all__ = ["Reasoning", "assess", "how", "reason", "why_not"]
