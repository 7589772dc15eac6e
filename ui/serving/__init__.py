"""What the launcher does beside the pages: warming up, and what travels over HTTP."""

from ui.serving.routes import middleware, routes
from ui.serving.warming import lifespan
