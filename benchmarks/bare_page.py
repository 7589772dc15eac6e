"""The floor of the framework: a Streamlit page with one list that shows what was chosen."""

import streamlit as st

st.set_page_config(layout="wide")
chosen = st.selectbox("Choice", list("ABCDEF"), key="choice")
st.html(f'<p class="bench-echo">{chosen}</p>')
