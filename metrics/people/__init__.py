"""Who may see and do what."""

from metrics.people.access import (
    BROKEN,
    OPEN,
    VISITOR,
    AccessError,
    Policy,
    actor_of,
    policy_of,
    read_policy,
)
from metrics.people.actors import LOCAL, NO_TEAM, Action, Actor, NotAllowed, Role, owner
from metrics.people.own_records import WAS, OwnKey, own_keys
from metrics.people.reader import Reader
from metrics.people.seen import seen_by
