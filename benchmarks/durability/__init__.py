"""What editors have saved, and what may happen to the service, its disk and its database.

kills.py    SIGKILL while several of them save
pictures.py SIGKILL while several of them upload pictures
power.py    power cuts while one saves: sectors that were not made to last are there by chance
faults.py   a full disk, a lock that is held, a second service
away.py     a server that is away, silent, slow, used up; the lock of a file held for a minute
growth.py   a day of typing
chain.py    ten thousand events with kills between, and one that somebody has changed
size.py     ten gigabytes, copied, lost and restored
point_in_time.py  a PostgreSQL whose disk is lost, and a moment to go back to
"""
