"""What a source says of a table of PxWeb."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from metrics.refresh.adapters.cubes import CubeOptions


class PxWebOptions(CubeOptions):
    """Options of a table of PxWeb; the address of the source is that of the table.

    Attributes
    ----------
    api
        Version of the interface: 1 (``…/api/v1/vi/…/V02.01.px``) or 2 (``…/api/v2/tables/TAB1``).
    lang
        Language of version 2; that of version 1 stands in the address.
    eliminated
        Variables that the service may sum up by itself, and that are not asked by value.
    latest
        How many of the newest periods are asked for; None: all.
    most_cells
        How many cells are asked for at once; left out: the service is asked how many it gives.
    format
        Of the replies of version 1; older services know only the first version.
    """

    api: Literal[1, 2]
    lang: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Za-z]{2,4})?$")] = "vi"
    eliminated: tuple[str, ...] = Field(default=(), max_length=30)
    latest: Annotated[int, Field(ge=1, le=2_000)] | None = None
    most_cells: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    format: Literal["json-stat2", "json-stat"] = "json-stat2"

    @model_validator(mode="after")
    def _whole(self) -> PxWebOptions:
        if self.whole and self.latest:
            raise ValueError("whole is not given with latest: not all periods are asked for")
        return self
