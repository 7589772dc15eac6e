"""Who does something to the store, and what that person may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from metrics.generations import StoreError


class Role(StrEnum):
    """What a person may do: look; load datasets of own teams; all."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class NotAllowed(StoreError):
    """The person may not do this; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with a role.

    Attributes
    ----------
    name
        Who it is, for the audit.
    role
        See `Role`.
    teams
        Whose datasets an editor may change. On a personal install there is one team, "".
    """

    name: str
    role: Role = Role.VIEWER
    teams: frozenset[str] = frozenset()

    def may_write(self, team: str) -> bool:
        """Tell whether datasets of a team may be loaded, superseded or withdrawn."""
        return self.role is Role.ADMIN or (self.role is Role.EDITOR and team in self.teams)

    def check(self, team: str, action: str) -> None:
        """Refuse what may not be done.

        Raises
        ------
        NotAllowed
            Naming the person, the action, the team and the role.
        """
        if not self.may_write(team):
            raise NotAllowed(
                f"{self.name or 'This visitor'} ({self.role}) may not {action} for team {team!r}: "
                "an editor of that team or an administrator may. Nothing was changed."
            )


# Without any configuration the app listens on loopback only, and whoever sits there may do all.
LOCAL = Actor("local", Role.ADMIN, frozenset({""}))
