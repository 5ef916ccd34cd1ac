"""A case as the text of a case file, so that somebody else can go on with it."""

from typing import Any

import yaml

from nmt_expert.model.case import Case

WIDTH = 100


def case_text(case: Case) -> str:
    """The case as ``nmt.case/1`` in YAML; what is left out has its default."""
    told = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    whole: dict[str, Any] = {"schema": case.schema_, **told}
    return yaml.dump(
        whole, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=WIDTH, line_break="\n"
    )


class _Plain(yaml.SafeDumper):
    """Without anchors, which no case file may have."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is written as a reference to something else."""
        return True
