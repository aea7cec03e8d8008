"""The domain: what a bulletin, a finding and an order are. Only the standard library."""
