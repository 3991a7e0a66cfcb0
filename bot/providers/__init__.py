"""The image services, one file each."""
