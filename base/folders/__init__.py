"""Where the files of the project lie."""

from base.folders.roots import DATA, LOCALE, ROOT, STATIC, STYLES
