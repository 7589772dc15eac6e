"""Immutable generations, one of which is in force."""

from base.generations.generations import KEPT, Generations
