"""Who is who on a server: from what a sign-in says of a person to what that person may do.

Nothing that a person can choose counts: no name, no e-mail that the provider has not verified.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from metrics.people.actors import Actor, Role
from metrics.store import StoreError

VISITOR: Final = Actor("", standing="visitor")
EXPIRED: Final = Actor("", standing="expired")
OPEN: Final = Actor("", standing="open")
BROKEN: Final = Actor("", standing="broken")

LONGEST_NAME: Final = 120
_RANK: Final = {Role.VIEWER: 0, Role.EDITOR: 1, Role.ADMIN: 2}

Word = Annotated[str, Field(min_length=1, max_length=200)]


class AccessError(StoreError):
    """The configuration of access is not as the schema wants it."""

    prefix = "access.config."


class Rule(BaseModel):
    """What one person, or everybody of one group, may do.

    Attributes
    ----------
    email, subject, group
        Who is meant, exactly one of them: an e-mail that the provider calls verified; the
        provider's own id of a person (claim ``sub``); a group.
    issuer
        The provider that says so (claim ``iss``); left out for any that is configured.
    role, teams
        What they may do, and whose datasets: an editor changes them, a viewer sees the private
        ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    email: Word | None = None
    subject: Word | None = None
    group: Word | None = None
    issuer: Word | None = None
    role: Role
    teams: tuple[Annotated[str, Field(min_length=1, max_length=80)], ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Rule:
        named = [name for name in (self.email, self.subject, self.group) if name is not None]
        if len(named) != 1:
            raise ValueError("name exactly one of email, subject and group")
        if self.role is Role.EDITOR and not self.teams:
            raise ValueError("an editor needs teams: whose datasets may be changed")
        return self


class Policy(BaseModel):
    """The configuration of access.

    Attributes
    ----------
    roles
        Rules; of several that fit a person, all count. Whoever none fits is a viewer.
    group_claim
        The claim of the sign-in that lists groups; dots lead into nested ones.
    hours
        How long a sign-in lasts.
    sign_in_to_read
        Whether figures are shown to nobody who has not signed in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: tuple[Rule, ...] = ()
    group_claim: Word = "groups"
    hours: float = Field(default=12, gt=0, le=720)
    sign_in_to_read: bool = False

    @property
    def teams(self) -> tuple[str, ...]:
        """All teams that the rules name, sorted."""
        return tuple(sorted({team for rule in self.roles for team in rule.teams}))


def policy_of(record: object, where: str) -> Policy:
    """Check a configuration.

    Raises
    ------
    AccessError
        Naming the place, the field, what arrived and what is allowed.
    """
    try:
        return Policy.model_validate(record or {})
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in problem['loc']) or '–'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        ]
        raise AccessError("schema", where=where, lines="; ".join(lines)) from error


def read_policy(path: Path) -> Policy:
    """Read a configuration from a YAML file.

    Raises
    ------
    AccessError
        If it cannot be read or is not as the schema wants it.
    """
    try:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise AccessError("unreadable", path=path, error=error) from error
    return policy_of(record, str(path))


def actor_of(claims: Mapping[str, Any], policy: Policy, now: float | None = None) -> Actor:
    """Tell who has signed in, and what that person may do.

    Parameters
    ----------
    claims
        What the provider's identity token says, its signature checked.
    policy
        The configuration of access.
    now
        Seconds since 1970; the present by default.

    Returns
    -------
    Actor
        A viewer where no rule fits; `EXPIRED` where the sign-in is too old, or does not say when it
        was made.
    """
    made = claims.get("iat")
    at = time.time() if now is None else now
    if not isinstance(made, int | float) or at - made > policy.hours * 3600:
        return EXPIRED
    found = [rule for rule in policy.roles if _fits(rule, claims, policy.group_claim)]
    role = max((rule.role for rule in found), key=_RANK.__getitem__, default=Role.VIEWER)
    # Seeing what one team has, and changing what another has, do not add up to changing both.
    teams = {team for rule in found if rule.role is not Role.VIEWER for team in rule.teams}
    reads = {team for rule in found for team in rule.teams} - teams
    return Actor(
        name=_name(claims),
        role=role,
        teams=frozenset(teams),
        reads=frozenset(reads),
        called=_line(claims.get("name")),
    )


def verified_email(claims: Mapping[str, Any]) -> str | None:
    """Return the e-mail of a person, in one spelling, if the provider has verified it."""
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified") not in (True, "true"):
        return None
    return _same_case(email) or None


def _fits(rule: Rule, claims: Mapping[str, Any], group_claim: str) -> bool:
    if rule.issuer is not None and rule.issuer.rstrip("/") != str(claims.get("iss")).rstrip("/"):
        return False
    if rule.email is not None:
        return _same_case(rule.email) == verified_email(claims)
    if rule.subject is not None:
        return rule.subject == claims.get("sub")
    return rule.group in _groups(claims, group_claim)


def _groups(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    # A claim may itself have dots in its name, as addresses do.
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(g for g in found if isinstance(g, str)) if isinstance(found, list | tuple) else ()


def _same_case(email: str) -> str:
    # Beyond ASCII, letters of one address can become those of another when lowered (K of kelvin).
    bare = email.strip()
    return bare.lower() if bare.isascii() else bare


def _name(claims: Mapping[str, Any]) -> str:
    email = verified_email(claims)
    if email is not None:
        return _line(email)
    host = urlsplit(str(claims.get("iss", ""))).hostname or "?"
    return _line(f"{claims.get('sub', '?')} @ {host}")


def _line(text: object) -> str:
    plain = "".join(char if char.isprintable() else " " for char in str(text or ""))
    return " ".join(plain.split())[:LONGEST_NAME]
