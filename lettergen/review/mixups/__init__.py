"""Records that are taken for one another: what one letter says that is somebody else's."""
