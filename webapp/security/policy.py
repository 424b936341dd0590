"""Who may do what: one map from permission to rows of predicates, any row of which is enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from webapp.security.permissions import Identity, Permission, Relation, Role, Subject

Predicate = Callable[[Identity, Subject], bool]
Row = tuple[Predicate, ...]


def anyone(identity: Identity, subject: Subject) -> bool:
    """Let everybody in, signed in or not."""
    return True


def signed_in(identity: Identity, subject: Subject) -> bool:
    """Let in whoever has an account or came in by a personal link."""
    return not identity.is_public


def on_loopback(identity: Identity, subject: Subject) -> bool:
    """Let in requests from this machine itself."""
    return identity.on_loopback


def example_data(identity: Identity, subject: Subject) -> bool:
    """Let in where the installation runs on example data."""
    return subject.state == "example"


def member_as(*roles: Role) -> Predicate:
    """Return a predicate for accounts with one of these roles in the subject's organisation."""

    def holds_role(identity: Identity, subject: Subject) -> bool:
        organisation = subject.organisation_id
        return organisation is not None and any(
            identity.holds(role, organisation) for role in roles
        )

    return holds_role


def related_as(*relations: Relation) -> Predicate:
    """Return a predicate for people with one of these relations to the subject."""

    def holds_relation(identity: Identity, subject: Subject) -> bool:
        return not subject.relations.isdisjoint(relations)

    return holds_relation


def in_state(*states: str) -> Predicate:
    """Return a predicate for subjects in one of these states."""

    def is_in_state(identity: Identity, subject: Subject) -> bool:
        return subject.state in states

    return is_in_state


PUBLIC: tuple[Row, ...] = ((anyone,),)

CONSULTATION_TEAM = (Role.CONSULTATION_LEAD, Role.CONSULTATION_OFFICER, Role.MODERATOR)
"""Who sees where a consultation of their organisation stands."""

POLICY: Mapping[Permission, tuple[Row, ...]] = {
    Permission.CATALOGUE_READ: PUBLIC,
    Permission.HEALTH_READ: PUBLIC,
    Permission.SIGN_IN: PUBLIC,
    Permission.SIGN_OUT: PUBLIC,
    Permission.STAFF_HOME: ((signed_in,),),
    Permission.ORGANISATION_READ: ((member_as(*Role),),),
    Permission.MEMBERS_MANAGE: ((member_as(Role.ADMINISTRATOR),),),
    Permission.SENT_MAIL_READ: ((on_loopback, example_data),),
    Permission.CONSULTATION_READ: PUBLIC,
    Permission.RESPONSE_WRITE: PUBLIC,
    # Whoever has the private code is the sender.
    Permission.RECEIPT_READ: PUBLIC,
    Permission.RECEIPT_CHANGE: PUBLIC,
    Permission.EQUALITY_ANSWER: PUBLIC,
    Permission.NOTICES_RECEIVE: PUBLIC,
    # Counts for the analysis of equality alone: nobody who recruits or appraises sees them.
    Permission.EQUALITY_READ: ((member_as(Role.CONSULTATION_LEAD),),),
    Permission.NOTICES_SEND: ((member_as(Role.CONSULTATION_LEAD),),),
    Permission.CONSULTATION_MANAGE: ((member_as(Role.CONSULTATION_LEAD),),),
    Permission.RESPONSE_DECIDE: ((member_as(Role.CONSULTATION_LEAD),),),
    Permission.CONSULTATION_FOLLOW: ((member_as(*CONSULTATION_TEAM),),),
    # Whoever was sent the link of a preview, until it ends.
    Permission.CONSULTATION_PREVIEW: PUBLIC,
    Permission.OUTREACH_LOG: ((member_as(Role.CONSULTATION_LEAD, Role.CONSULTATION_OFFICER),),),
    Permission.RESPONSE_TAKE_IN: ((member_as(Role.CONSULTATION_LEAD, Role.CONSULTATION_OFFICER),),),
    Permission.RESPONSE_MODERATE: ((member_as(Role.CONSULTATION_LEAD, Role.MODERATOR),),),
    Permission.CAMPAIGN_REVIEW: ((member_as(Role.CONSULTATION_LEAD),),),
    Permission.EXTRACT_MAKE: ((member_as(Role.CONSULTATION_LEAD),),),
    Permission.BUNDLE_MAKE: ((member_as(Role.CONSULTATION_LEAD),),),
    # What is erased when, in numbers: nothing of it says what anybody wrote.
    Permission.RETENTION_MANAGE: ((member_as(Role.ADMINISTRATOR),),),
    Permission.RECRUITMENT_MANAGE: ((member_as(Role.RECRUITER),),),
    Permission.SCORECARD_PACK_MAKE: ((member_as(Role.RECRUITER),),),
    Permission.REVIEW_PACK_MAKE: ((member_as(Role.APPRAISER, Role.BOARD_SECRETARY),),),
    # The names of candidates are for recruiters, those of appraisees for who appraises.
    Permission.PACK_MANAGE: (
        (member_as(Role.RECRUITER), in_state("scorecard")),
        (member_as(Role.APPRAISER, Role.BOARD_SECRETARY), in_state("appraisal")),
    ),
    Permission.REVIEW_LIST: ((member_as(Role.APPRAISER, Role.BOARD_SECRETARY),),),
    Permission.REVIEW_PREPARE: ((member_as(Role.APPRAISER, Role.BOARD_SECRETARY),),),
    Permission.REVIEW_READ: (
        (related_as(Relation.APPRAISER, Relation.PREPARER, Relation.READER),),
        (
            related_as(Relation.APPRAISEE),
            in_state("shared", "ready", "signing", "signed", "amending"),
        ),
        (related_as(Relation.SIGNATORY), in_state("ready", "signing", "signed", "amending")),
    ),
    # Writing and signing hang on the relation alone: whoever comes too late gets a page with what
    # they typed, from the service that knows the state, and not a refusal that loses it.
    Permission.REVIEW_WRITE: ((related_as(Relation.APPRAISER, Relation.PREPARER),),),
    Permission.REVIEW_LEAD: ((related_as(Relation.APPRAISER),),),
    Permission.REVIEW_COMMENT: ((related_as(Relation.APPRAISEE),),),
    Permission.REVIEW_SIGN: (
        (related_as(Relation.APPRAISER, Relation.APPRAISEE, Relation.SIGNATORY),),
    ),
    Permission.REVIEW_AMEND: ((related_as(Relation.APPRAISER),),),
    Permission.REVIEW_FILL_IN: (
        (related_as(Relation.APPRAISER, Relation.PREPARER, Relation.APPRAISEE),),
    ),
    # Files say what is drafted, so a signatory, who reads what is finished, has none of them.
    Permission.REVIEW_FILES: (
        (related_as(Relation.APPRAISER, Relation.PREPARER, Relation.READER),),
        (
            related_as(Relation.APPRAISEE),
            in_state("shared", "ready", "signing", "signed", "amending"),
        ),
    ),
    Permission.REVIEW_PROGRESS: (
        (member_as(Role.BOARD_SECRETARY),),
        (related_as(Relation.APPRAISER, Relation.APPRAISEE, Relation.SIGNATORY),),
    ),
}


def permits(identity: Identity, permission: Permission, subject: Subject) -> bool:
    """Say whether the policy lets this identity do this to this subject; undeclared is denied."""
    rows = POLICY.get(permission, ())
    return any(all(predicate(identity, subject) for predicate in row) for row in rows)
