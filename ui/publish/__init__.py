"""The atlas as a folder of files, for any web server or opened from a disk."""

from ui.publish.build import Wanted, cores, publish
