"""What is shipped: which releases, under which licences, with which known faults."""
