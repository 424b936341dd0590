"""What the stores of other rooms may join to their own rows: the campaign of each response."""

from __future__ import annotations

from sqlalchemy import Subquery, select

from webapp.campaigns.models import CampaignMemberRow, CampaignRow


def memberships() -> Subquery:
    """Return every response in a group: `submission_id`, `consultation_id`, `campaign_number`,
    `campaign_name` (empty without one) and `verdict` (`undecided`, `campaign`,
    `not-a-campaign`). A response is in one at most; one that was moved out is in none.
    """
    return (
        select(
            CampaignMemberRow.submission_id,
            CampaignRow.consultation_id,
            CampaignRow.number.label("campaign_number"),
            CampaignRow.name.label("campaign_name"),
            CampaignRow.verdict,
        )
        .join(CampaignRow, CampaignRow.id == CampaignMemberRow.campaign_id)
        .where(CampaignMemberRow.is_out.is_(False))
        .subquery("membership")
    )
