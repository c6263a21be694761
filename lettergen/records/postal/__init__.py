"""Addresses as Royal Mail takes them: what is wrong with a record's, and the post code that letters are sorted by."""

from lettergen.records.postal.addresses import check_address
from lettergen.records.postal.ending import post_code

__all__ = ["check_address", "post_code"]
