"""The page of a bank in a browser while the bank is being written: served on this machine, and to it alone."""
