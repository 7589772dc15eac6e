"""The launcher: app.py for readers, and beside it what travels over HTTP."""

import streamlit as st

from ui.serving import lifespan, middleware, routes

app = st.App("app.py", lifespan=lifespan, routes=routes(), middleware=middleware())
