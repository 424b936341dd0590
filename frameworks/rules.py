"""What makes a framework or a questionnaire whole, and what a new version may change."""

from __future__ import annotations

from frameworks.equality_rules import check_equality_questions
from frameworks.item_rules import check_items
from frameworks.lifecycle_rules import check_history
from frameworks.model import Framework
from frameworks.places import places
from frameworks.position_rules import check_positions
from frameworks.problems import Finding
from frameworks.questionnaire import Questionnaire
from frameworks.questionnaire_rules import check_questions
from frameworks.scale_rules import check_scales
from frameworks.step_rules import check_step

__all__ = ["check_framework", "check_questionnaire", "check_step"]


def check_framework(framework: Framework) -> list[Finding]:
    """Return everything that is wrong within one version, whatever came before it."""
    standing = places(framework)
    return [
        *check_scales(framework, standing),
        *check_items(framework, standing),
        *check_positions(framework, standing),
        *check_history(framework, standing),
    ]


def check_questionnaire(questionnaire: Questionnaire) -> list[Finding]:
    """Return everything that is wrong within one questionnaire."""
    return [*check_questions(questionnaire), *check_equality_questions(questionnaire)]
