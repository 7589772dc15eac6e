"""Light and dark paper as one."""

from base64 import b64decode

from geo.maps import Ink, country_svg
from ui.charts import image
from ui.publish.paper import PICTURE, adapted, both


def test_colours_that_differ_follow_the_scheme():
    light = '<i style="width:3%;background:#aaaaaa"></i><i style="background:#bbbbbb"></i>'
    dark = light.replace("#aaaaaa", "#111111")
    assert both(light, dark) == (
        '<i style="width:3%;background:#aaaaaa;background:light-dark(#aaaaaa,#111111)"></i>'
        '<i style="background:#bbbbbb"></i>'
    )


def test_small_maps_follow_the_scheme():
    picture = image(country_svg("2025", {"01"}, ("a", "b"), Ink()).svg, "x")
    svg = b64decode(PICTURE.search(adapted(picture))[1]).decode()
    assert svg.index("<style>") < svg.index("<path")
    assert f'[fill="{Ink().place}"]{{fill:' in svg
