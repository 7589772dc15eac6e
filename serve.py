"""The launcher: app.py for readers, and beside it what travels over HTTP."""

import streamlit as st

from ui.serving import lifespan, routes

app = st.App("app.py", lifespan=lifespan, routes=routes())
