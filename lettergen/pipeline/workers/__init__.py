"""Who renders: this process, several of this machine, or a cluster; and what they may cost."""
