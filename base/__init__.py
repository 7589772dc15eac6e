"""What is neither places nor figures: words and the reading of files of unknown hands."""
