"""What programs find the folder by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from base.words import Lang
from metrics.store import Store
from ui.publish.machines import catalog, found_files
from ui.publish.maps import drawn_of, files_of
from ui.publish.site import MapOf, Site


def jobs(_: Site) -> Iterator[tuple[()]]:
    """Yield the one job."""
    yield ()


def write(site: Site, store: Store) -> Iterator[tuple[str, bytes]]:
    """Write the catalogue, the sitemap, robots.txt."""

    def files(one: MapOf, lang: Lang) -> Mapping[str, str]:
        return files_of(drawn_of(site, store, one, lang).scene, one, lang)

    yield catalog(site, store, files)
    yield from found_files(site)
