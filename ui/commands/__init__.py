"""Commands that draw."""

from ui.commands.view_address import address_of, params_of
from ui.commands.view_options import MADE, add_made, as_made, made_of, scene_of
